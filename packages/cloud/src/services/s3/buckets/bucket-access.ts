import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../../core/access.js';
import type { S3State } from '../service-state.js';
import { bucketArn, objectArn } from './bucket-arn.js';
import { dependsOnObjectAcl, effectivePolicy } from './effective-policy.js';

/** A bucket, or an object in it, as inputs name them. */
export interface Place {
  readonly Bucket: string;
  readonly Key?: string;
  readonly VersionId?: string | undefined;
}

/** An object as inputs name it. */
export interface ObjectPlace extends Place {
  readonly Key: string;
}

export interface PlaceTarget extends Target {
  readonly place: Place;
}

export type S3Row<Input> = RowMaker<S3State, Input>;
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
    const { Bucket, Key = '', VersionId } = place;
    return (await state.objects.find(Bucket, Key, VersionId))?.tags;
  },
};

const versionKey: S3Keys<unknown> = { 's3:versionid': ({ target }) => target.place.VersionId };

/** One action on a bucket or an object, by the caller's policies or the bucket's own. */
export function s3Access<Input>(
  row: S3Row<Input>,
  action: string,
  type: 'bucket' | 'object',
  placeOf: (input: Input) => Place | undefined,
  keys: S3Keys<NoInfer<Input>> = {},
): AccessRow<S3State, Input> {
  return row<PlaceTarget>({
    action: `s3:${action}`,
    type,
    on: async (input, call, { buckets, objects }) => {
      const place = placeOf(input);
      if (place === undefined) return undefined;
      const bucket = await buckets.find(place.Bucket);
      const locksOut =
        UNLOCKS.has(action) && call.principal.kind === 'root' && call.principal.account === bucket?.account;
      return {
        resource: place.Key === undefined ? bucketArn(place.Bucket) : objectArn(place.Bucket, place.Key),
        place,
        ...(bucket && { resourceAccount: bucket.account }),
        ...(bucket &&
          !locksOut && {
            resourcePolicy: async () => {
              const { Key, VersionId } = place;
              if (Key === undefined || !dependsOnObjectAcl(action)) {
                return effectivePolicy(bucket, action, Key, undefined, call.principal);
              }
              const object = await objects.find(bucket.name, Key, VersionId);
              return effectivePolicy(bucket, action, Key, object ? object.acl : 'missing', call.principal);
            },
          }),
      };
    },
    keys: { ...requestKeys, ...keys },
  });
}

/**
 * The actions that the root of the bucket's account may do whatever the policy says ("DeleteBucketPolicy", S3 API
 * Reference).
 */
const UNLOCKS = new Set(['GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy']);

/** One action on the bucket that the input names. */
export const bucketAccess = <Input extends Place>(row: S3Row<Input>, action: string, keys?: S3Keys<NoInfer<Input>>) =>
  s3Access(row, action, 'bucket', ({ Bucket }) => ({ Bucket }), keys);

/** One action on the object that the input names. */
export const objectAccess = <Input extends ObjectPlace>(
  row: S3Row<Input>,
  action: string,
  keys?: S3Keys<NoInfer<Input>>,
) => s3Access(row, action, 'object', ({ Bucket, Key }) => ({ Bucket, Key }), keys);

/** Keys of an action that has another name where a version is asked for. */
export interface VersionedKeys<Input> {
  /** Of both. */
  readonly keys?: S3Keys<Input>;
  /** Of the action on the live object alone. */
  readonly objectKeys?: S3Keys<Input>;
}

/** An action that has another name where a version is asked for: `GetObject` and `GetObjectVersion`. */
export function versionedAccess<Input>(
  row: S3Row<Input>,
  { object, version }: { readonly object: string; readonly version: string },
  placeOf: (input: Input) => ObjectPlace,
  { keys = {}, objectKeys = {} }: VersionedKeys<NoInfer<Input>> = {},
): readonly AccessRow<S3State, Input>[] {
  const where = (versioned: boolean) => (input: Input) => {
    const place = placeOf(input);
    return (place.VersionId !== undefined) === versioned ? place : undefined;
  };
  return [
    s3Access(row, object, 'object', where(false), { ...keys, ...objectKeys }),
    s3Access(row, version, 'object', where(true), { ...keys, ...versionKey }),
  ];
}
