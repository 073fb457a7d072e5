import type { TestEvent } from '../source.js';

/** An object in a test. */
export interface BucketSent {
  readonly key: string;
  /** @default 'ObjectCreated:Put' */
  readonly eventName?: string;
  /** @default 'test' */
  readonly bucket?: string;
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string;
}

function s3Record(sent: BucketSent): object {
  const { key, eventName = 'ObjectCreated:Put', bucket = 'test', size, eTag, versionId } = sent;
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'eu-west-1',
    eventTime: new Date().toISOString(),
    eventName,
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'test',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        size,
        eTag,
        versionId,
        sequencer: '0',
      },
    },
  };
}

/** The event of a bucket for objects from a test. */
export function bucketEvent(): TestEvent | undefined {
  return (sent) => ({ Records: sent.map((one) => s3Record(one as BucketSent)) });
}
