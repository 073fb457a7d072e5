import { bucketEvent } from '#parts/tooling';
import { keyNotEncoded } from '../errors/records.js';
import type { Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import type { BucketSent } from './sent/bucket.js';
import { newSource, type Source } from './source.js';
import { wholeBatch } from './whole-batch.js';

/** A bucket's notification about one object. */
export interface BucketRecord {
  /** `ObjectCreated:Put`, `ObjectRemoved:Delete`, … */
  readonly eventName: string;
  readonly time: Date;
  readonly region: string;
  /** The bucket's name. */
  readonly bucket: string;
  /** The object's original, decoded key. */
  readonly key: string;
  /** Bytes; absent for an object that was removed. */
  readonly size: number | undefined;
  readonly eTag: string | undefined;
  readonly versionId: string | undefined;
  /**
   * Of two records with the same key, the one with the greater value, after padding to the same length, is the later.
   */
  readonly sequencer: string | undefined;
}

/** Which events of a bucket reach the function. */
export interface BucketOptions {
  /** Event types as S3 names them. @default ['s3:ObjectCreated:*'] */
  readonly events?: readonly `s3:${string}`[];
  /**
   * Only objects whose keys start with this.
   * @default - all
   */
  readonly prefix?: string;
  /**
   * Only objects whose keys end with this.
   * @default - all
   */
  readonly suffix?: string;
}

/** "Event message structure" of the S3 user guide, versions 2.1 to 2.3. */
const S3_RECORD = {
  eventName: 'string',
  eventTime: 'time',
  awsRegion: 'string',
  s3: {
    bucket: { name: 'string' },
    object: {
      key: 'string',
      'size?': 'number',
      'eTag?': 'string',
      'versionId?': 'string',
      'sequencer?': 'string',
    },
  },
} as const;

/** S3 encodes keys like forms: `red flower.jpg` arrives as `red+flower.jpg`. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    throw new RecordRefused(keyNotEncoded(key));
  }
}

function decodeRecord({ eventName, eventTime, awsRegion, s3 }: Shaped<typeof S3_RECORD>): BucketRecord {
  const { key, size, eTag, versionId, sequencer } = s3.object;
  return {
    eventName,
    time: new Date(eventTime),
    region: awsRegion,
    bucket: s3.bucket.name,
    key: decodeKey(key),
    size: size ?? undefined,
    eTag: eTag ?? undefined,
    versionId: versionId ?? undefined,
    sequencer: sequencer ?? undefined,
  };
}

const s3Records = (event: unknown) => recordsOf(event, 'an S3 bucket', S3_RECORD);

const readBucket: ReadBatch = (event, log) =>
  wholeBatch(
    s3Records(event).map((record) => ({ id: record.s3.object.key, decode: () => decodeRecord(record) })),
    log,
  );

/** The message that S3 sends to the queue or topic of a new notification ("s3:TestEvent") is about no object. */
const isTestEvent = (value: unknown) => (value as { readonly Event?: unknown } | null)?.Event === 's3:TestEvent';

/**
 * The notifications of an S3 bucket.
 * @example sources: { uploads: bucket({ prefix: 'in/', suffix: '.csv' }) }
 */
export function bucket(options?: BucketOptions): Source<'bucket', BucketRecord, BucketSent> {
  const event = bucketEvent();
  return newSource(
    'bucket',
    { events: ['s3:ObjectCreated:*'], ...options },
    {
      read: readBucket,
      event,
      carried: {
        decode: (value) => (isTestEvent(value) ? [] : s3Records(value).map(decodeRecord)),
        encode: event && ((sent) => event([sent])),
      },
    },
  );
}
