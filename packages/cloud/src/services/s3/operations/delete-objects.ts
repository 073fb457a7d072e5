import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import type { Input } from '../../../model/client-types.js';
import { openBucket } from '../buckets/open-bucket.js';
import { checkBypass } from '../objects/object-lock.js';
import { s3Error } from '../s3-error.js';
import { type S3State, s3Operation } from '../service-state.js';

type DeleteInput = Input<'s3', 'DeleteObjects'>;
type Target = DeleteInput['Delete']['Objects'][number];

const MAX_OBJECTS = 1000;

/** Each object by itself: what one caller may not delete does not keep the others. */
async function deleteOne(
  target: Target,
  { Bucket, BypassGovernanceRetention }: DeleteInput,
  call: Call,
  state: S3State,
) {
  const { Key, VersionId, ETag, LastModifiedTime, Size } = target;
  const answer = { Key, VersionId };
  try {
    const deleted = await state.dispatch(
      's3',
      'DeleteObject',
      {
        ...answer,
        Bucket,
        BypassGovernanceRetention,
        IfMatch: ETag,
        IfMatchLastModifiedTime: LastModifiedTime,
        IfMatchSize: Size,
      },
      call,
    );
    const marker = deleted.DeleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: deleted.VersionId };
    return { deleted: { ...answer, ...marker } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Among several objects, an id that S3 never gave is one that is gone.
    const isBadId = error.fields.ArgumentName === 'versionId';
    const { code, message } = isBadId ? s3Error.noSuchVersion(Key, VersionId ?? '') : error;
    return { error: { ...answer, Code: code, Message: message } };
  }
}

export const deleteObjects = s3Operation({
  name: 'DeleteObjects',
  parse: (input) => {
    const { length } = input.Delete.Objects;
    if (length === 0 || length > MAX_OBJECTS) throw malformedXml();
    return input;
  },
  // Each object is checked by DeleteObject.
  access: () => [],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    checkBypass(input.BypassGovernanceRetention, bucket);
    const results: Awaited<ReturnType<typeof deleteOne>>[] = [];
    for (const target of input.Delete.Objects) results.push(await deleteOne(target, input, call, state));
    const errors = results.flatMap(({ error }) => error ?? []);
    const deleted = input.Delete.Quiet ? [] : results.flatMap((result) => result.deleted ?? []);
    return { Deleted: deleted, Errors: errors };
  },
});
