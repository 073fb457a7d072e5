import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { childrenOf, malformedXml, type XmlStructure } from '../../../gateway/read-xml.js';
import { versionedAccess } from '../bucket-access.js';
import { readBucketInput, readObjectInput } from '../bucket-input.js';
import { versionOutput } from '../objects/object-headers.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';

export const deleteObject = s3Operation(
  {
    method: 'DELETE',
    target: 'object',
    query: { versionId: 'VersionId' },
    headers: { 'if-match': 'IfMatch' },
    output: { status: 204, headers: { VersionId: 'x-amz-version-id', DeleteMarker: 'x-amz-delete-marker' } },
  },
  {
    name: 'DeleteObject',
    parse: (raw) => {
      const input = readObjectInput(raw);
      if (input.members.has('IfMatch')) throw s3Error.notImplemented('If-Match of DeleteObject');
      return { ...input, version: input.members.text('VersionId') };
    },
    access: (row) =>
      versionedAccess(
        row,
        { object: 's3:DeleteObject', version: 's3:DeleteObjectVersion' },
        ({ bucket, key, version: versionId }) => ({ bucket, key, versionId }),
        { objectKeys: { 's3:if-match': ({ input }) => input.members.text('IfMatch') } },
      ),
    handle: async (input, call, state) => {
      const bucket = await openBucket(input, call, state);
      const deleted = await state.objects.remove(bucket, input.key, input.version, state.now());
      return {
        ...(deleted.versionId !== undefined && versionOutput(deleted.versionId, bucket.versioning)),
        ...(deleted.deleteMarker && { DeleteMarker: true }),
      };
    },
  },
);

interface Target {
  readonly key: string;
  readonly versionId: string | undefined;
}

const MAX_KEYS = 1000;

function readTargets(raw: XmlStructure): readonly Target[] {
  // `Object` is how the wire has it, `Objects` how callers in process have it.
  const objects = [...childrenOf(raw, 'Object'), ...childrenOf(raw, 'Objects')];
  if (objects.length === 0 || objects.length > MAX_KEYS) throw malformedXml();
  return objects.map((object) => {
    if (typeof object === 'string' || typeof object.Key !== 'string') throw malformedXml();
    for (const condition of ['ETag', 'LastModifiedTime', 'Size']) {
      if (condition in object) throw s3Error.notImplemented(`${condition} of DeleteObjects`);
    }
    return { key: object.Key, versionId: typeof object.VersionId === 'string' ? object.VersionId : undefined };
  });
}

/** Each object by itself: what one caller may not delete does not keep the others. */
async function deleteOne(bucketName: string, { key, versionId }: Target, call: Call, state: S3State) {
  const answer = { Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
  try {
    const input = { Bucket: bucketName, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
    const deleted = await state.dispatch('s3', 'DeleteObject', input, call);
    const marker = deleted.DeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: deleted.VersionId } : {};
    return { deleted: { ...answer, ...marker } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { error: { ...answer, Code: error.code, Message: error.message } };
  }
}

export const deleteObjects = s3Operation(
  {
    method: 'POST',
    target: 'bucket',
    when: ['delete'],
    xml: 'Delete',
    output: { element: 'DeleteResult' },
  },
  {
    name: 'DeleteObjects',
    parse: (raw) => {
      const input = readBucketInput(raw);
      const request = (input.members.raw('Delete') ?? {}) as XmlStructure;
      return { ...input, targets: readTargets(request), quiet: String(request.Quiet) === 'true' };
    },
    // Each object is checked by DeleteObject.
    access: () => [],
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      const deleted: unknown[] = [];
      const errors: unknown[] = [];
      for (const target of input.targets) {
        const result = await deleteOne(input.bucket, target, call, state);
        if (result.error) errors.push(result.error);
        else if (!input.quiet) deleted.push(result.deleted);
      }
      return { Deleted: deleted, Error: errors };
    },
  },
);
