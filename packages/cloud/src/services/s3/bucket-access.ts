import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { S3State } from './s3-state.js';

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `${bucketArn(bucket)}/${key}`;
}

/** A bucket, or an object in it. */
export interface Place {
  readonly bucket: string;
  readonly key?: string;
  readonly versionId?: string | undefined;
}

export interface PlaceTarget extends Target {
  readonly place: Place;
}

type S3Row<Input> = RowMaker<S3State, Input>;
export type S3Keys<Input> = ConditionKeys<S3State, Input, PlaceTarget>;

/** The keys of every action ("Condition keys for Amazon S3", Service Authorization Reference). */
export const requestKeys: ConditionKeys<S3State, unknown> = {
  's3:authType': ({ call }) => (call.request?.presigned ? 'REST-QUERY-STRING' : 'REST-HEADER'),
  's3:signatureAge': ({ call, state }) =>
    call.request?.presigned ? String(state.now() - call.request.signed) : undefined,
  's3:signatureversion': () => 'AWS4-HMAC-SHA256',
  // Loopback replaces the TLS that the same client uses with AWS, as for aws:SecureTransport.
  's3:TlsVersion': () => '1.3',
  's3:x-amz-content-sha256': ({ call }) => call.request?.contentSha256,
};

/** The keys of the tags that an object has. */
export const existingTags: S3Keys<unknown> = {
  's3:ExistingObjectTag/*': async ({ target: { place }, state }) => {
    const { bucket, key = '', versionId } = place;
    const object = await (versionId === undefined
      ? state.objects.get(bucket, key)
      : state.objects.getVersion(bucket, key, versionId));
    return object?.tags;
  },
};

export const versionKey: S3Keys<unknown> = { 's3:versionid': ({ target }) => target.place.versionId };

/** One action on a bucket or an object, by the caller's policies or the bucket's own. */
export function s3Access<Input>(
  row: S3Row<Input>,
  action: string,
  type: 'bucket' | 'object',
  placeOf: (input: Input) => Place | undefined,
  keys: S3Keys<NoInfer<Input>> = {},
): AccessRow<S3State, Input> {
  return row<PlaceTarget>({
    action,
    type,
    on: async (input, call, { buckets }) => {
      const place = placeOf(input);
      if (place === undefined) return undefined;
      const bucket = await buckets.find(place.bucket);
      const locksOut =
        UNLOCKS.has(action) && call.principal.kind === 'root' && call.principal.account === bucket?.account;
      return {
        resource: place.key === undefined ? bucketArn(place.bucket) : objectArn(place.bucket, place.key),
        place,
        ...(bucket && { resourceAccount: bucket.account }),
        ...(bucket?.policy !== undefined && !locksOut && { resourcePolicy: async () => bucket.policy }),
      };
    },
    keys: { ...requestKeys, ...keys },
  });
}

/**
 * The actions that the root of the bucket's account may do whatever the policy says ("DeleteBucketPolicy", S3 API
 * Reference).
 */
const UNLOCKS = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);

/** One action on the bucket that the input names. */
export const bucketAccess = <Input extends { readonly bucket: string }>(
  row: S3Row<Input>,
  action: string,
  keys?: S3Keys<NoInfer<Input>>,
) => s3Access(row, action, 'bucket', ({ bucket }) => ({ bucket }), keys);

/** One action on the object that the input names. */
export const objectAccess = <Input extends { readonly bucket: string; readonly key: string }>(
  row: S3Row<Input>,
  action: string,
  keys?: S3Keys<NoInfer<Input>>,
) => s3Access(row, action, 'object', ({ bucket, key }) => ({ bucket, key }), keys);

/** An action on objects that has another name where a version is asked for. */
export function versionedAccess<Input>(
  row: S3Row<Input>,
  { object, version }: { readonly object: string; readonly version: string },
  placeOf: (input: Input) => Place,
  {
    keys = {},
    objectKeys = {},
  }: { readonly keys?: S3Keys<NoInfer<Input>>; readonly objectKeys?: S3Keys<NoInfer<Input>> } = {},
): readonly AccessRow<S3State, Input>[] {
  const where = (versioned: boolean) => (input: Input) => {
    const place = placeOf(input);
    return (place.versionId !== undefined) === versioned ? place : undefined;
  };
  return [
    s3Access(row, object, 'object', where(false), { ...keys, ...objectKeys }),
    s3Access(row, version, 'object', where(true), { ...keys, ...versionKey }),
  ];
}
