import { bucketAccess } from '../buckets/bucket-access.js';
import { checkRules } from '../buckets/lifecycle-rules.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const MINIMUM_SIZES = ['varies_by_storage_class', 'all_storage_classes_128K'] as const;

export const getBucketLifecycleConfiguration = s3Operation({
  name: 'GetBucketLifecycleConfiguration',
  access: (row) => [bucketAccess(row, 'GetLifecycleConfiguration')],
  handle: (input, call, state) => getSetting('lifecycle', input, call, state),
});

/** Stored, answered back and told of objects: no object of this cloud expires or moves. */
export const putBucketLifecycleConfiguration = s3Operation({
  name: 'PutBucketLifecycleConfiguration',
  parse: (input) => {
    const rules = checkRules(input.LifecycleConfiguration?.Rules ?? []);
    const { TransitionDefaultMinimumObjectSize: asked = 'all_storage_classes_128K' } = input;
    const size = MINIMUM_SIZES.find((known) => known === asked);
    if (size === undefined) {
      throw s3Error.invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${asked}`);
    }
    return { ...input, rules, size };
  },
  access: (row) => [bucketAccess(row, 'PutLifecycleConfiguration')],
  handle: async (input, call, state) => {
    const { rules, size } = input;
    const setting = { Rules: rules, TransitionDefaultMinimumObjectSize: size };
    await putSetting('lifecycle', setting, input, call, state);
    return { TransitionDefaultMinimumObjectSize: size };
  },
});

export const deleteBucketLifecycle = s3Operation({
  name: 'DeleteBucketLifecycle',
  ...removesSetting('lifecycle', 'PutLifecycleConfiguration'),
});
