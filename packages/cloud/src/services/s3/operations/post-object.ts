import { operation } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { parseUpload, storeUpload, uploadAccess } from '../objects/store-upload.js';
import type { S3State } from '../service-state.js';

/** Stores the file of a form. AWS's model does not have it: web pages call it, and no client of the SDK does. */
export const postObject = operation<S3State>()({
  name: 'PostObject',
  parse: (input) => parseUpload(input as Input<'s3', 'PutObject'>),
  access: uploadAccess,
  handle: (input, call, state) => storeUpload(input, 'Post', call, state),
});
