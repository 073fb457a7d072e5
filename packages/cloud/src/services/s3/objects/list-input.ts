import type { RowMaker } from '../../../core/access.js';
import { bucketAccess, type S3Keys } from '../bucket-access.js';
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

type Listing = ListRequest & { readonly bucket: string };

/** A listing is judged by what it asks for (Service Authorization Reference, "Condition keys for Amazon S3"). */
export const listAccess = <Input extends Listing>(row: RowMaker<S3State, Input>, action: string) =>
  bucketAccess(row, action, {
    's3:delimiter': ({ input }) => input.delimiter,
    's3:max-keys': ({ input }) => String(input.maxKeys),
    's3:prefix': ({ input }) => input.prefix,
  });

/** The keys of `s3:ListBucket` where nothing is listed. */
export const NO_LISTING: S3Keys<unknown> = {
  's3:delimiter': () => undefined,
  's3:max-keys': () => undefined,
  's3:prefix': () => undefined,
};
