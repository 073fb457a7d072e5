import type { Access } from '../../../core/operation.js';
import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import type { S3State } from '../s3-state.js';
import { keyEncoder, type ListRequest, readMaxKeys } from './list-page.js';

/** The query parameters that every listing of a bucket takes. */
export const LIST_QUERY = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'max-keys': 'MaxKeys',
  'encoding-type': 'EncodingType',
} as const;

/** @throws AwsError InvalidArgument */
export function readListInput(raw: unknown) {
  const input = readBucketInput(raw);
  const { members } = input;
  const encodingType = members.text('EncodingType');
  return {
    ...input,
    prefix: members.text('Prefix') ?? '',
    delimiter: members.text('Delimiter') || undefined,
    maxKeys: readMaxKeys(members.integer('MaxKeys')),
    encodingType,
    encode: keyEncoder(encodingType),
  };
}

/** A listing is judged by what it asks for (Service Authorization Reference, "Condition keys for Amazon S3"). */
export function listAccess(
  action: string,
  { bucket, prefix, delimiter, maxKeys }: ListRequest & { readonly bucket: string },
  state: S3State,
): Promise<readonly Access[]> {
  const context = {
    's3:prefix': prefix,
    's3:max-keys': String(maxKeys),
    ...(delimiter !== undefined && { 's3:delimiter': delimiter }),
  };
  return bucketAccess(action, bucket, state, { context });
}
