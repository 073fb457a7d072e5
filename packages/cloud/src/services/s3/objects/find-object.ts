import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { ObjectPlace } from '../buckets/bucket-access.js';
import { S3Error, s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { ObjectRecord } from './object-record.js';
import { isVersionId } from './version-id.js';

/** A caller without permission to list the bucket gets an access denial instead of "not found". */
async function missing({ Bucket, Key }: ObjectPlace, call: Call, state: S3State): Promise<AwsError> {
  try {
    await state.dispatch('s3', 'HeadBucket', { Bucket }, call);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  const marker = await state.objects.newest(Bucket, Key);
  return marker ? withMarker(s3Error.noSuchKey(Key), marker) : s3Error.noSuchKey(Key);
}

/** An error about an object that was deleted tells of its delete marker. */
function withMarker(error: AwsError, { versionId }: ObjectRecord): S3Error {
  return new S3Error(error, [
    ['x-amz-delete-marker', 'true'],
    ['x-amz-version-id', versionId],
  ]);
}

/** @throws AwsError InvalidArgument for an id that S3 never gave */
export function checkVersionId(versionId: string | undefined): void {
  if (versionId === undefined || isVersionId(versionId)) return;
  throw s3Error.invalidArgument('Invalid version id specified', 'versionId', versionId);
}

/**
 * The object, or the version of it, that an input names.
 *
 * @param method of the request, for what S3 says of delete markers
 * @throws AwsError NoSuchKey, NoSuchVersion, InvalidArgument; MethodNotAllowed for delete markers
 */
export async function findObject(
  place: ObjectPlace,
  call: Call,
  state: S3State,
  method = 'GET',
): Promise<ObjectRecord> {
  const { Bucket, Key, VersionId } = place;
  if (VersionId === undefined) {
    const object = await state.objects.get(Bucket, Key);
    if (object) return object;
    throw await missing(place, call, state);
  }
  const object = await state.objects.getVersion(Bucket, Key, VersionId);
  if (!object) {
    checkVersionId(VersionId);
    throw s3Error.noSuchVersion(Key, VersionId);
  }
  if (object.deleteMarker) throw markerRefused(method, object);
  return object;
}

/** A delete marker can only be deleted. */
function markerRefused(method: string, marker: ObjectRecord): S3Error {
  const error = s3Error.isDeleteMarker(method);
  return new S3Error(error, [...withMarker(error, marker).headers, ['allow', 'DELETE']]);
}

/**
 * The same for operations that change what is said of an object: its newest version may not be a delete marker.
 *
 * @throws AwsError as findObject does
 */
export async function findChangeable(
  place: ObjectPlace,
  call: Call,
  state: S3State,
  method = 'PUT',
): Promise<ObjectRecord> {
  if (place.VersionId === undefined) {
    const newest = await state.objects.newest(place.Bucket, place.Key);
    if (newest?.deleteMarker) throw markerRefused(method, newest);
  }
  return findObject(place, call, state, method);
}
