import { checkAclAllowed, ownersAcl, readAcl } from '../acl/access-control-list.js';
import { grantKeys } from '../acl/grant-keys.js';
import { existingTags, versionedAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findChangeable, findObject } from '../objects/find-object.js';
import { s3Operation } from '../service-state.js';

export const getObjectAcl = s3Operation({
  name: 'GetObjectAcl',
  access: (row) =>
    versionedAccess(row, { object: 'GetObjectAcl', version: 'GetObjectVersionAcl' }, (input) => input, {
      keys: existingTags,
    }),
  handle: async (input, call, state) => {
    const { account } = await openBucket(input, call, state);
    const { acl } = await findObject(input, call, state);
    return acl ?? ownersAcl(account);
  },
});

export const putObjectAcl = s3Operation({
  name: 'PutObjectAcl',
  access: (row) =>
    versionedAccess(row, { object: 'PutObjectAcl', version: 'PutObjectVersionAcl' }, (input) => input, {
      keys: { ...existingTags, ...grantKeys, 's3:x-amz-storage-class': () => undefined },
    }),
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const acl = readAcl(input, bucket.account);
    const object = await findChangeable(input, call, state);
    checkAclAllowed(bucket, acl, input.ACL);
    await state.objects.amend(input.Bucket, input.Key, object.versionId, (before) => ({ ...before, acl }));
    await state.notifications.changed('ObjectAcl:Put', bucket, object, call);
    return {};
  },
});
