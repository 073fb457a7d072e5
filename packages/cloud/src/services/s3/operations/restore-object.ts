import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { objectAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findObject } from '../objects/find-object.js';
import { isArchiveClass } from '../objects/object-headers.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const DAY = 24 * 60 * 60 * 1000;

/** A restored object can be read at once: nothing in this cloud is far away. */
export const restoreObject = s3Operation({
  name: 'RestoreObject',
  parse: (input) => {
    const { Days, Type, SelectParameters } = input.RestoreRequest ?? {};
    if (Type !== undefined || SelectParameters) throw s3Error.unsupported('SELECT in RestoreObject');
    if (Days === undefined || Days < 1) throw malformedXml();
    return { ...input, days: Days };
  },
  access: (row) => [objectAccess(row, 'RestoreObject')],
  handle: async (input, call, state) => {
    const { Bucket, Key, days } = input;
    const bucket = await openBucket(input, call, state);
    const object = await findObject(input, call, state);
    if (!isArchiveClass(object.headers.StorageClass)) {
      throw new AwsError('InvalidObjectState', "Restore is not allowed for the object's current storage class", 403, {
        StorageClass: object.headers.StorageClass ?? 'STANDARD',
      });
    }
    const until = Math.ceil((state.now() + days * DAY) / DAY) * DAY;
    const restored = await state.objects.amend(Bucket, Key, object.versionId, (before) => ({
      ...before,
      restoration: { until },
    }));
    if (restored) await state.notifications.restored(bucket, restored, call);
    return {};
  },
});
