import { defined } from '../../../core/defined.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import type { BucketEvent, EventName } from './bucket-event.js';

interface Kind {
  readonly type: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** EventBridge's names of events, and what their details say more ("EventBridge event message structure", S3 User Guide). */
const KINDS: Readonly<Record<EventName, Kind>> = {
  'ObjectCreated:Put': { type: 'Object Created', detail: { reason: 'PutObject' } },
  'ObjectCreated:Post': { type: 'Object Created', detail: { reason: 'POST Object' } },
  'ObjectCreated:Copy': { type: 'Object Created', detail: { reason: 'CopyObject' } },
  'ObjectCreated:CompleteMultipartUpload': { type: 'Object Created', detail: { reason: 'CompleteMultipartUpload' } },
  'ObjectRemoved:Delete': {
    type: 'Object Deleted',
    detail: { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' },
  },
  'ObjectRemoved:DeleteMarkerCreated': {
    type: 'Object Deleted',
    detail: { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
  },
  'ObjectTagging:Put': { type: 'Object Tags Added' },
  'ObjectTagging:Delete': { type: 'Object Tags Deleted' },
  'ObjectRestore:Post': { type: 'Object Restore Initiated' },
  'ObjectRestore:Completed': { type: 'Object Restore Completed' },
  'ObjectAcl:Put': { type: 'Object ACL Updated' },
};

function isOrdered({ name }: BucketEvent): boolean {
  return name.startsWith('ObjectCreated') || name.startsWith('ObjectRemoved');
}

function restorationOf({ name, restoration }: BucketEvent): Readonly<Record<string, string>> {
  if (!restoration) return {};
  return {
    'source-storage-class': restoration.storageClass,
    ...(name === 'ObjectRestore:Completed' && {
      'restore-expiry-time': new Date(restoration.until).toISOString().replace('.000Z', 'Z'),
    }),
  };
}

/** An entry of PutEvents. */
export function eventBridgeEntry(event: BucketEvent) {
  const { bucket, key, versionId, etag, size, sequencer, requester, sourceIp, requestId } = event;
  const { type, detail = {} } = KINDS[event.name];
  const isSized = isOrdered(event) || event.name.startsWith('ObjectRestore');
  const content = {
    version: '0',
    bucket: { name: bucket.name },
    object: {
      key,
      ...(isSized && size !== undefined && { size }),
      ...defined({ etag }),
      ...(versionId !== undefined && { 'version-id': versionId }),
      ...(isOrdered(event) && { sequencer }),
    },
    'request-id': requestId,
    requester: requester.account,
    'source-ip-address': sourceIp,
    ...detail,
    ...restorationOf(event),
  };
  return {
    Source: 'aws.s3',
    DetailType: type,
    Detail: JSON.stringify(content),
    Resources: [bucketArn(bucket.name)],
    Time: new Date(event.time),
  };
}
