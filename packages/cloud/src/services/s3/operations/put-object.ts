import { parseUpload, storeUpload, uploadAccess } from '../objects/store-upload.js';
import { s3Operation } from '../service-state.js';

export const putObject = s3Operation({
  name: 'PutObject',
  parse: parseUpload,
  access: uploadAccess,
  handle: (input, call, state) => storeUpload(input, 'Put', call, state),
});
