import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { Area, Store } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import { S3Error, s3Error } from '../s3-error.js';
import type { BucketRecord } from './bucket-record.js';
import { type FirstBucketRecord, settingsOfFirst } from './first-bucket-record.js';
import { checkSignedRegion } from './region.js';

/** The buckets of all accounts. */
export class BucketStore {
  /** One change of a bucket after another. */
  readonly serial = createSerial();
  readonly #area: Area;

  constructor(store: Store) {
    this.#area = store.root.area('s3').area('bucket');
  }

  async find(name: string): Promise<BucketRecord | undefined> {
    const record = await this.#area.get<BucketRecord | FirstBucketRecord>(name);
    return record && current(record);
  }

  /**
   * The bucket, for a call of its region.
   *
   * @throws AwsError NoSuchBucket; PermanentRedirect from another region
   */
  async get(name: string, { region }: Call): Promise<BucketRecord> {
    const bucket = await this.find(name);
    if (!bucket) throw s3Error.noSuchBucket(name);
    if (bucket.region === region) return bucket;
    checkSignedRegion(region, bucket.region);
    const redirect = new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { Endpoint: `${name}.s3.${bucket.region}.amazonaws.com`, Bucket: name },
    );
    throw new S3Error(redirect, [['x-amz-bucket-region', bucket.region]]);
  }

  async *all(): AsyncGenerator<BucketRecord> {
    for await (const [, bucket] of this.#area.range<BucketRecord | FirstBucketRecord>({})) yield current(bucket);
  }

  put(bucket: BucketRecord): Promise<void> {
    return this.#area.batch([{ key: bucket.name, value: bucket }]);
  }

  remove(name: string): Promise<void> {
    return this.#area.batch([{ key: name, value: undefined }]);
  }

  change(name: string, call: Call, change: (bucket: BucketRecord) => BucketRecord): Promise<void> {
    return this.serial(name, async () => this.put(change(await this.get(name, call))));
  }
}

function current(record: BucketRecord | FirstBucketRecord): BucketRecord {
  if (!('configurations' in record)) return record;
  const { configurations, ...bucket } = record;
  return { ...bucket, settings: settingsOfFirst(configurations) };
}
