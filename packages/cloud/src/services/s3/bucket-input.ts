import { AwsError } from '../../core/aws-error.js';
import { type Members, membersOf } from '../../core/members.js';

/** Inputs of S3 name a bucket; those of objects a key. */
export interface BucketInput {
  readonly bucket: string;
  readonly owner: string | undefined;
}

export interface ObjectInput extends BucketInput {
  readonly key: string;
}

const MAX_KEY_BYTES = 1024;

export function readBucketInput(raw: unknown): BucketInput & { readonly members: Members } {
  const members = membersOf(raw);
  return { bucket: members.neededText('Bucket'), owner: members.text('ExpectedBucketOwner'), members };
}

export function readObjectInput(raw: unknown): ObjectInput & { readonly members: Members } {
  const input = readBucketInput(raw);
  const key = input.members.neededText('Key');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', 400, { MaxSizeAllowed: MAX_KEY_BYTES });
  }
  return { ...input, key };
}
