import { bucketAccess, type Place, type S3Keys, type S3Row } from '../buckets/bucket-access.js';
import { keyEncoder, readMaxKeys } from './list-page.js';

/** Members of inputs that list the keys of a bucket. */
export interface ListInput extends Place {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

/**
 * The input that every listing of keys has.
 *
 * @throws AwsError InvalidArgument
 */
export function readListInput<Input extends ListInput>(input: Input) {
  return {
    ...input,
    prefix: input.Prefix ?? '',
    delimiter: input.Delimiter || undefined,
    maxKeys: readMaxKeys(input.MaxKeys),
    encode: keyEncoder(input.EncodingType),
  };
}

/** A listing is judged by what it asks for (Service Authorization Reference, "Condition keys for Amazon S3"). */
export const listAccess = <Input extends ListInput & { readonly prefix: string; readonly maxKeys: number }>(
  row: S3Row<Input>,
  action: string,
) =>
  bucketAccess(row, action, {
    's3:delimiter': ({ input }) => input.Delimiter || undefined,
    's3:max-keys': ({ input }) => String(input.maxKeys),
    's3:prefix': ({ input }) => input.prefix,
  });

/** The keys of `s3:ListBucket` where nothing is listed. */
export const NO_LISTING: S3Keys<unknown> = {
  's3:delimiter': () => undefined,
  's3:max-keys': () => undefined,
  's3:prefix': () => undefined,
};
