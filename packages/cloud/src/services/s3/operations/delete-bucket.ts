import { AwsError } from '../../../core/aws-error.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Operation } from '../service-state.js';

function bucketNotEmpty({ name, versioning }: BucketRecord): AwsError {
  const message = 'The bucket you tried to delete is not empty';
  const versions = versioning === undefined ? '' : '. You must delete all versions in the bucket.';
  return new AwsError('BucketNotEmpty', message + versions, 409, { BucketName: name });
}

export const deleteBucket = s3Operation({
  name: 'DeleteBucket',
  access: (row) => [bucketAccess(row, 'DeleteBucket')],
  handle: (input, call, state) =>
    state.buckets.serial(input.Bucket, async () => {
      const bucket = await openBucket(input, call, state);
      if (!(await state.objects.isEmpty(input.Bucket))) throw bucketNotEmpty(bucket);
      for await (const upload of state.uploads.list(input.Bucket)) {
        await state.objects.write(await state.uploads.end(upload, new Set()));
      }
      await state.buckets.remove(input.Bucket);
    }),
});
