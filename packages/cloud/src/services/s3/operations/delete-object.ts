import { versionedAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { checkVersionId } from '../objects/find-object.js';
import { versionOutput } from '../objects/object-headers.js';
import { checkBypass, checkDeletable } from '../objects/object-lock.js';
import { bypassAccess } from '../objects/write-access.js';
import { writeCondition } from '../objects/write-conditions.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

export const deleteObject = s3Operation({
  name: 'DeleteObject',
  parse: (input) => {
    if (input.IfMatchLastModifiedTime !== undefined) {
      throw s3Error.headerNotImplemented('x-amz-if-match-last-modified-time');
    }
    if (input.IfMatchSize !== undefined) throw s3Error.headerNotImplemented('x-amz-if-match-size');
    return { ...input, condition: writeCondition({ IfMatch: input.IfMatch }, input.Key) };
  },
  access: (row) => [
    ...versionedAccess(
      row,
      { object: 'DeleteObject', version: 'DeleteObjectVersion' },
      ({ Bucket, Key, VersionId }) => ({ Bucket, Key, VersionId }),
      { objectKeys: { 's3:if-match': ({ input }) => input.IfMatch } },
    ),
    bypassAccess(row),
  ],
  handle: async (input, call, state) => {
    const { Key, VersionId, BypassGovernanceRetention: bypass = false } = input;
    const bucket = await openBucket(input, call, state);
    checkBypass(bypass, bucket);
    const deleted = await state.objects.remove(bucket, Key, VersionId, (before) => {
      // Without a version the object stays below its delete marker.
      if (VersionId !== undefined) {
        if (!before) checkVersionId(VersionId);
        checkDeletable(before, bypass, state.now());
      }
      input.condition(before);
    });
    await state.uploads.noteRemoval(bucket.name, Key);
    await state.notifications.removed(bucket, { key: Key, ...deleted }, call);
    return {
      ...(deleted.versionId !== undefined && versionOutput(deleted.versionId, bucket)),
      DeleteMarker: deleted.deleteMarker,
    };
  },
});
