import type { S3Keys } from '../buckets/bucket-access.js';
import type { GrantInput } from './access-control-list.js';

/** The condition keys of requests that grant access. */
export const grantKeys: S3Keys<GrantInput> = {
  's3:x-amz-acl': ({ input }) => input.ACL,
  's3:x-amz-grant-full-control': ({ input }) => input.GrantFullControl,
  's3:x-amz-grant-read': ({ input }) => input.GrantRead,
  's3:x-amz-grant-read-acp': ({ input }) => input.GrantReadACP,
  's3:x-amz-grant-write': ({ input }) => input.GrantWrite,
  's3:x-amz-grant-write-acp': ({ input }) => input.GrantWriteACP,
};
