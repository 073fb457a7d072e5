import { failedWith } from '../../../core/aws-failure.js';
import type { Call } from '../../../core/operation.js';
import { existingTags, type ObjectPlace, type S3Keys, type S3Row, versionedAccess } from '../buckets/bucket-access.js';
import { type BucketInput, openBucket } from '../buckets/open-bucket.js';
import { findChangeable } from '../objects/find-object.js';
import { versionOutput } from '../objects/object-headers.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { s3Error } from '../s3-error.js';
import { type S3State, s3Operation } from '../service-state.js';
import { checkObjectTags, tagRecord } from '../tags.js';

type TaggingInput = ObjectPlace & BucketInput;

/** `s3:GetObjectTagging`, or `s3:GetObjectVersionTagging` where a version is named. */
const access = <Parsed extends TaggingInput>(row: S3Row<Parsed>, verb: string, keys: S3Keys<NoInfer<Parsed>> = {}) =>
  versionedAccess(
    row,
    { object: `${verb}ObjectTagging`, version: `${verb}ObjectVersionTagging` },
    ({ Bucket, Key, VersionId }) => ({ Bucket, Key, VersionId }),
    { keys: { ...existingTags, ...keys } },
  );

async function changeTags(input: TaggingInput, tags: ObjectRecord['tags'], method: string, call: Call, state: S3State) {
  const bucket = await openBucket(input, call, state);
  const object = await findChangeable(input, call, state, method);
  await state.objects.amend(input.Bucket, input.Key, object.versionId, (before) => ({ ...before, tags }));
  return { bucket, object };
}

export const getObjectTagging = s3Operation({
  name: 'GetObjectTagging',
  access: (row) => access(row, 'Get'),
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const { tags, versionId } = await findChangeable(input, call, state, 'GET').catch((error) => {
      throw failedWith(error, 'NoSuchKey') ? s3Error.noSuchKey(`${input.Bucket}/${input.Key}`) : error;
    });
    return {
      ...versionOutput(versionId, bucket),
      TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    };
  },
});

export const putObjectTagging = s3Operation({
  name: 'PutObjectTagging',
  parse: (input) => {
    checkObjectTags(input.Tagging.TagSet);
    return { ...input, tags: tagRecord(input.Tagging.TagSet) };
  },
  access: (row) =>
    access(row, 'Put', {
      's3:RequestObjectTag/*': ({ input }) => input.tags,
      's3:RequestObjectTagKeys': ({ input }) => Object.keys(input.tags),
    }),
  handle: async (input, call, state) => {
    const { bucket, object } = await changeTags(input, input.tags, 'PUT', call, state);
    await state.notifications.changed('ObjectTagging:Put', bucket, object, call);
    return versionOutput(object.versionId, bucket);
  },
});

export const deleteObjectTagging = s3Operation({
  name: 'DeleteObjectTagging',
  access: (row) => access(row, 'Delete'),
  handle: async (input, call, state) => {
    const { bucket, object } = await changeTags(input, {}, 'DELETE', call, state);
    await state.notifications.changed('ObjectTagging:Delete', bucket, object, call);
    return versionOutput(object.versionId, bucket);
  },
});
