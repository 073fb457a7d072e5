import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { ObjectInput } from '../bucket-input.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import type { ObjectRecord } from './object-record.js';

/** A caller without permission to list the bucket gets an access denial instead of "not found". */
async function missing(input: ObjectInput, call: Call, state: S3State): Promise<AwsError> {
  try {
    await state.dispatch('s3', 'HeadBucket', { Bucket: input.bucket }, call);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  return s3Error.noSuchKey(input.key);
}

/** @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed for delete markers */
export async function findObject(
  input: ObjectInput,
  versionId: string | undefined,
  call: Call,
  state: S3State,
): Promise<ObjectRecord> {
  if (versionId === undefined) {
    const object = await state.objects.get(input.bucket, input.key);
    if (object) return object;
    throw await missing(input, call, state);
  }
  const object = await state.objects.getVersion(input.bucket, input.key, versionId);
  if (!object) throw s3Error.noSuchVersion(input.key, versionId);
  if (object.deleteMarker) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
      Method: 'GET',
      ResourceType: 'DeleteMarker',
    });
  }
  return object;
}
