import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/operation.js';
import type { Area, Store } from '../../core/store.js';
import type { XmlStructure } from '../../gateway/read-xml.js';
import { createSerial, type Serial } from '../../store/serial.js';
import type { BucketConfigurationName } from './bucket-configuration.js';
import { s3Error } from './s3-error.js';

/** A bucket as it is stored. Bucket names are global: one cloud has each once, whatever the account and region. */
export interface BucketRecord {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly versioning?: 'Enabled' | 'Suspended';
  /** JSON text. */
  readonly policy?: string;
  /** Configurations as their XML has them. */
  readonly configurations: Readonly<Partial<Record<BucketConfigurationName, XmlStructure>>>;
}

export interface BucketStore {
  readonly find: (name: string) => Promise<BucketRecord | undefined>;
  /**
   * The bucket, for a call of its region.
   * @throws AwsError NoSuchBucket; PermanentRedirect from another region
   */
  readonly get: (name: string, call: Call) => Promise<BucketRecord>;
  readonly all: () => AsyncIterable<BucketRecord>;
  readonly put: (bucket: BucketRecord) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly change: (name: string, call: Call, change: (bucket: BucketRecord) => BucketRecord) => Promise<void>;
  readonly serial: Serial;
}

export function createBucketStore(store: Store): BucketStore {
  const area: Area = store.root.area('s3').area('bucket');
  const serial = createSerial();
  const buckets: BucketStore = {
    serial,
    find: (name) => area.get<BucketRecord>(name),
    get: async (name, { region }) => {
      const bucket = await area.get<BucketRecord>(name);
      if (!bucket) throw s3Error.noSuchBucket(name);
      if (bucket.region !== region) {
        throw new AwsError(
          'PermanentRedirect',
          'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
          301,
          { Endpoint: `${name}.s3.${bucket.region}.amazonaws.com`, Bucket: name, Region: bucket.region },
        );
      }
      return bucket;
    },
    all: async function* () {
      for await (const [, bucket] of area.range<BucketRecord>({})) yield bucket;
    },
    put: (bucket) => area.batch([{ key: bucket.name, value: bucket }]),
    remove: (name) => area.batch([{ key: name, value: undefined }]),
    change: (name, call, change) => serial(name, async () => buckets.put(change(await buckets.get(name, call)))),
  };
  return buckets;
}
