import { randomId } from '../../../core/random-id.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess, type S3Keys } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

/** Nothing here pauses a replication for an experiment (AWS Fault Injection Service). */
const replicationKeys: S3Keys<unknown> = { 's3:isReplicationPauseRequest': () => 'false' };

export const getBucketReplication = s3Operation({
  name: 'GetBucketReplication',
  access: (row) => [bucketAccess(row, 'GetReplicationConfiguration')],
  handle: async (input, call, state) => ({
    ReplicationConfiguration: await getSetting('replication', input, call, state),
  }),
});

/** Stored and answered back: no object of this cloud is replicated. */
export const putBucketReplication = s3Operation({
  name: 'PutBucketReplication',
  parse: (input) => {
    if (input.ReplicationConfiguration.Rules.length === 0) throw malformedXml();
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutReplicationConfiguration', replicationKeys)],
  handle: async (input, call, state) => {
    const { versioning } = await openBucket(input, call, state);
    if (versioning !== 'Enabled') {
      throw s3Error.invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    }
    const { Role, Rules } = input.ReplicationConfiguration;
    const named = Rules.map((rule) => ({ ...rule, ID: rule.ID ?? randomId.lower(48) }));
    await putSetting('replication', { Role, Rules: named }, input, call, state);
  },
});

export const deleteBucketReplication = s3Operation({
  name: 'DeleteBucketReplication',
  ...removesSetting('replication', 'PutReplicationConfiguration', replicationKeys),
});
