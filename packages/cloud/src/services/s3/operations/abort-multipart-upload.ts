import { objectAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Operation } from '../service-state.js';
import { findUpload } from '../uploads/find-upload.js';

export const abortMultipartUpload = s3Operation({
  name: 'AbortMultipartUpload',
  access: (row) => [objectAccess(row, 'AbortMultipartUpload')],
  handle: async (input, call, state) => {
    await openBucket(input, call, state);
    await state.uploads.serial(input.UploadId, async () => {
      const upload = await findUpload(input, state);
      await state.objects.write(await state.uploads.end(upload, new Set()));
    });
    return {};
  },
});
