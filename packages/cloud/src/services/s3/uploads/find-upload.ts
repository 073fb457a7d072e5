import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { UploadRecord } from './upload-store.js';

/** How inputs name an upload. */
export interface UploadPlace {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

/** @throws AwsError NoSuchUpload */
export async function findUpload({ Bucket, Key, UploadId }: UploadPlace, state: S3State): Promise<UploadRecord> {
  const upload = await state.uploads.find(Bucket, Key, UploadId);
  if (!upload) throw s3Error.noSuchUpload(UploadId);
  return upload;
}
