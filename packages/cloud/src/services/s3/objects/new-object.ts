import type { GrantInput } from '../acl/access-control-list.js';
import { checkAclAllowed, grantedAcl } from '../acl/access-control-list.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { readTaggingHeader } from '../tags.js';
import { readMetadata } from './metadata.js';
import { type HeaderInput, readObjectHeaders, withBucketEncryption } from './object-headers.js';
import { type LockInput, newLocks } from './object-lock.js';
import type { NewObject } from './object-record.js';

/** Members of inputs that make an object, beside its body. */
export interface NewObjectInput extends HeaderInput, GrantInput, LockInput {
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly Tagging?: string | undefined;
}

/** The description of an object before its body is there. */
export type ObjectDescription = Pick<NewObject, 'headers' | 'metadata' | 'tags' | 'acl' | 'retention' | 'legalHold'>;

/**
 * A request's description of the object that it makes in a bucket.
 *
 * @throws AwsError for what is wrong with it
 */
export function describeObject(input: NewObjectInput, bucket: BucketRecord, now: number): ObjectDescription {
  const acl = grantedAcl(input, bucket.account);
  if (acl) checkAclAllowed(bucket, acl, input.ACL);
  return {
    headers: withBucketEncryption(readObjectHeaders(input), bucket),
    metadata: readMetadata(input.Metadata),
    tags: readTaggingHeader(input.Tagging),
    acl,
    ...newLocks(input, bucket, now),
  };
}
