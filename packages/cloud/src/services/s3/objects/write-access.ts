import type { AccessRow } from '../../../core/access.js';
import type { GrantInput } from '../acl/access-control-list.js';
import { grantKeys } from '../acl/grant-keys.js';
import {
  existingTags,
  type ObjectPlace,
  objectAccess,
  type S3Keys,
  type S3Row,
  s3Access,
} from '../buckets/bucket-access.js';
import type { S3State } from '../service-state.js';
import type { CustomerKeyInput } from './customer-key.js';
import type { LockInput } from './object-lock.js';

/** Members of requests that write an object, as far as condition keys tell of them. */
export interface WriteInput extends ObjectPlace, GrantInput, LockInput, CustomerKeyInput {
  readonly CopySource?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly MetadataDirective?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly TaggingDirective?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

const DAY = 86_400_000;

function tagsOf({ Tagging, TaggingDirective }: WriteInput): Record<string, string> {
  return TaggingDirective === 'COPY' ? {} : Object.fromEntries(new URLSearchParams(Tagging ?? ''));
}

const requestTags: S3Keys<WriteInput> = {
  's3:RequestObjectTag/*': ({ input }) => tagsOf(input),
  's3:RequestObjectTagKeys': ({ input }) => Object.keys(tagsOf(input)),
};

const writeKeys: S3Keys<WriteInput> = {
  ...grantKeys,
  ...requestTags,
  's3:if-match': ({ input }) => input.IfMatch,
  's3:if-none-match': ({ input }) => input.IfNoneMatch,
  's3:object-lock-legal-hold': ({ input }) => input.ObjectLockLegalHoldStatus,
  's3:object-lock-mode': ({ input }) => input.ObjectLockMode,
  's3:object-lock-retain-until-date': ({ input }) => input.ObjectLockRetainUntilDate?.toISOString(),
  's3:object-lock-remaining-retention-days': ({ input: { ObjectLockRetainUntilDate: until }, state }) =>
    until && String(Math.ceil((until.getTime() - state.now()) / DAY)),
  's3:x-amz-copy-source': ({ input }) => input.CopySource?.replace(/^\//, ''),
  's3:x-amz-metadata-directive': ({ input }) => input.MetadataDirective,
  's3:x-amz-server-side-encryption': ({ input }) => input.ServerSideEncryption,
  's3:x-amz-server-side-encryption-aws-kms-key-id': ({ input }) => input.SSEKMSKeyId,
  's3:x-amz-server-side-encryption-customer-algorithm': ({ input }) => input.SSECustomerAlgorithm,
  's3:x-amz-storage-class': ({ input }) => input.StorageClass,
  's3:x-amz-website-redirect-location': ({ input }) => input.WebsiteRedirectLocation,
};

/** `s3:PutObject`. @param creates true if an object is there afterwards: parts of one do not make it */
export const writeAccess = <Input extends WriteInput>(row: S3Row<Input>, creates: boolean): AccessRow<S3State, Input> =>
  objectAccess(row, 'PutObject', { ...writeKeys, 's3:ObjectCreationOperation': () => String(creates) });

/** `s3:PutObjectTagging`, of requests that bring tags with an object. */
export const writeTagsAccess = <Input extends WriteInput>(row: S3Row<Input>): AccessRow<S3State, Input> =>
  s3Access(
    row,
    'PutObjectTagging',
    'object',
    (input) => (Object.keys(tagsOf(input)).length > 0 ? { Bucket: input.Bucket, Key: input.Key } : undefined),
    { ...existingTags, ...requestTags },
  );

/** Condition keys of the permission to bypass a retention, whose values only requests that write have. */
const NO_WRITE_KEYS: S3Keys<unknown> = Object.fromEntries(
  [
    'RequestObjectTag/*',
    'RequestObjectTagKeys',
    'x-amz-acl',
    'x-amz-copy-source',
    'x-amz-grant-full-control',
    'x-amz-grant-read',
    'x-amz-grant-read-acp',
    'x-amz-grant-write',
    'x-amz-grant-write-acp',
    'x-amz-metadata-directive',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm',
    'x-amz-storage-class',
    'x-amz-website-redirect-location',
  ].map((name) => [`s3:${name}`, () => undefined]),
);

/** `s3:BypassGovernanceRetention`, of requests that ask to. */
export const bypassAccess = <Input extends ObjectPlace & { readonly BypassGovernanceRetention?: boolean | undefined }>(
  row: S3Row<Input>,
): AccessRow<S3State, Input> =>
  s3Access(
    row,
    'BypassGovernanceRetention',
    'object',
    ({ Bucket, Key, BypassGovernanceRetention }) => (BypassGovernanceRetention ? { Bucket, Key } : undefined),
    NO_WRITE_KEYS,
  );
