import type { AccessRow, RowMaker } from '../../../core/access.js';
import type { Members } from '../../../core/members.js';
import { existingTags, objectAccess, type S3Keys, s3Access } from '../bucket-access.js';
import type { S3State } from '../s3-state.js';
import { readTagging } from './object-headers.js';

/** Header to member, for what only condition keys tell of a request that makes a bucket. */
export const GRANT_HEADERS = {
  'x-amz-acl': 'ACL',
  'x-amz-grant-full-control': 'GrantFullControl',
  'x-amz-grant-read': 'GrantRead',
  'x-amz-grant-read-acp': 'GrantReadACP',
  'x-amz-grant-write': 'GrantWrite',
  'x-amz-grant-write-acp': 'GrantWriteACP',
} as const;

/** Header to member, for what only condition keys tell of a request that makes an object. */
export const WRITE_ACCESS_HEADERS = {
  ...GRANT_HEADERS,
  'x-amz-object-lock-legal-hold': 'ObjectLockLegalHoldStatus',
  'x-amz-object-lock-mode': 'ObjectLockMode',
  'x-amz-object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
  'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
  'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
} as const;

interface Written {
  readonly bucket: string;
  readonly key: string;
  readonly members: Members;
}

interface WithMembers {
  readonly members: Members;
}

const memberKeys = (keys: Readonly<Record<string, string>>): S3Keys<WithMembers> =>
  Object.fromEntries(
    Object.entries(keys).map(
      ([header, member]) => [`s3:${header}`, ({ input }) => input.members.text(member)] as const,
    ),
  );

export const grantKeys = memberKeys(GRANT_HEADERS);

/** The value of a header of dates, as condition operators for dates take it. */
const dateOf = (members: Members): number => Date.parse(members.text('ObjectLockRetainUntilDate') ?? '');

const tagsOf = ({ members }: WithMembers) =>
  members.text('TaggingDirective') === 'COPY' ? {} : readTagging(members.text('Tagging'));

const requestTags: S3Keys<WithMembers> = {
  's3:RequestObjectTag/*': ({ input }) => tagsOf(input),
  's3:RequestObjectTagKeys': ({ input }) => Object.keys(tagsOf(input)),
};

const writeKeys: S3Keys<WithMembers> = {
  ...grantKeys,
  ...requestTags,
  ...memberKeys({
    'if-match': 'IfMatch',
    'if-none-match': 'IfNoneMatch',
    'object-lock-legal-hold': 'ObjectLockLegalHoldStatus',
    'object-lock-mode': 'ObjectLockMode',
    'object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
    'x-amz-metadata-directive': 'MetadataDirective',
    'x-amz-server-side-encryption': 'ServerSideEncryption',
    'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
    'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
    'x-amz-storage-class': 'StorageClass',
    'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
  }),
  's3:object-lock-remaining-retention-days': ({ input: { members }, state }) => {
    const until = dateOf(members);
    return Number.isNaN(until) ? undefined : String(Math.ceil((until - state.now()) / 86_400_000));
  },
  's3:x-amz-copy-source': ({ input: { members } }) => members.text('CopySource')?.replace(/^\//, ''),
};

/** `s3:PutObject`. @param creates true if an object is there afterwards: parts of one do not make it */
export const writeAccess = <Input extends Written>(
  row: RowMaker<S3State, Input>,
  creates: boolean,
): AccessRow<S3State, Input> =>
  objectAccess(row, 's3:PutObject', { ...writeKeys, 's3:ObjectCreationOperation': () => String(creates) });

/** `s3:PutObjectTagging`, of requests that bring tags with an object. */
export const writeTagsAccess = <Input extends Written>(row: RowMaker<S3State, Input>): AccessRow<S3State, Input> =>
  s3Access(
    row,
    's3:PutObjectTagging',
    'object',
    (input) => (Object.keys(tagsOf(input)).length > 0 ? { bucket: input.bucket, key: input.key } : undefined),
    { ...existingTags, ...requestTags },
  );
