import { defined } from '../../../core/defined.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import { canonicalUserId } from '../owner.js';
import type { BucketEvent } from './bucket-event.js';

/** Events that came later have a newer version of the structure ("Event message structure", S3 User Guide). */
function versionOf({ name }: BucketEvent): string {
  return name.startsWith('ObjectTagging') || name.startsWith('ObjectAcl') ? '2.3' : '2.1';
}

/** As in a form: spaces are `+`. */
function encodedKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

/** Changes of what is said of an object are not in the order of its versions. */
function isOrdered({ name }: BucketEvent): boolean {
  return !name.startsWith('ObjectTagging') && !name.startsWith('ObjectAcl');
}

function objectOf(event: BucketEvent) {
  const ordered = isOrdered(event);
  return {
    key: encodedKey(event.key),
    ...(ordered && event.size !== undefined && { size: event.size }),
    ...defined({ eTag: event.etag, versionId: event.versionId }),
    ...(ordered && { sequencer: event.sequencer }),
  };
}

/**
 * The message to queues, topics and functions ("Event message structure", S3 User Guide).
 *
 * @param configurationId of the notification that the event matches
 */
export function eventMessage(event: BucketEvent, configurationId: string): object {
  const { name, time, bucket, restoration, requester, sourceIp, requestId } = event;
  const owner = canonicalUserId(bucket.account).slice(0, 14).toUpperCase();
  const isOfS3 = name === 'ObjectRestore:Completed';
  const record = {
    eventVersion: versionOf(event),
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(time).toISOString(),
    eventName: name,
    // S3 itself ends what it does later, for the owner of the bucket.
    userIdentity: { principalId: isOfS3 ? `AmazonCustomer:${owner}` : `AWS:${requester.id}` },
    requestParameters: { sourceIPAddress: isOfS3 ? 's3.amazonaws.com' : sourceIp },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': Buffer.from(requestId).toString('base64') },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: owner },
        arn: bucketArn(bucket.name),
      },
      object: objectOf(event),
    },
    ...(restoration && {
      glacierEventData: {
        restoreEventData: {
          lifecycleRestorationExpiryTime: new Date(restoration.until).toISOString(),
          lifecycleRestoreStorageClass: restoration.storageClass,
        },
      },
    }),
  };
  return { Records: [record] };
}

/** The test message that S3 sends to a target when a notification is set, to check the permission. */
export function testMessage(bucket: BucketEvent['bucket'], time: number, requestId: string): object {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(time).toISOString(),
    Bucket: bucket.name,
    RequestId: requestId,
    HostId: Buffer.from(requestId).toString('base64'),
  };
}
