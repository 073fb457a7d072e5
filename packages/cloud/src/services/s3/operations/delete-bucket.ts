import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

export const deleteBucket = s3Operation(
  { method: 'DELETE', target: 'bucket', output: { status: 204 } },
  {
    name: 'DeleteBucket',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:DeleteBucket')],
    handle: (input, call, state) =>
      state.buckets.serial(input.bucket, async () => {
        await openBucket(input, call, state);
        if (!(await state.objects.isEmpty(input.bucket))) throw s3Error.bucketNotEmpty(input.bucket);
        for await (const upload of state.uploads.list(input.bucket)) {
          await state.objects.write(await state.uploads.end(upload, new Set()));
        }
        await state.buckets.remove(input.bucket);
        return {};
      }),
  },
);
