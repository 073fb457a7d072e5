import { checkAclAllowed, ownersAcl, readAcl } from '../acl/access-control-list.js';
import { grantKeys } from '../acl/grant-keys.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { putSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

export const getBucketAcl = s3Operation({
  name: 'GetBucketAcl',
  access: (row) => [bucketAccess(row, 'GetBucketAcl')],
  handle: async (input, call, state) => {
    const { account, settings } = await openBucket(input, call, state);
    return settings.acl ?? ownersAcl(account);
  },
});

export const putBucketAcl = s3Operation({
  name: 'PutBucketAcl',
  access: (row) => [bucketAccess(row, 'PutBucketAcl', grantKeys)],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const acl = readAcl(input, bucket.account);
    checkAclAllowed(bucket, acl, input.ACL);
    await putSetting('acl', acl, input, call, state);
  },
});
