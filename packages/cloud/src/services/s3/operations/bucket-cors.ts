import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];
const MOST_RULES = 100;

export const getBucketCors = s3Operation({
  name: 'GetBucketCors',
  access: (row) => [bucketAccess(row, 'GetBucketCORS')],
  handle: (input, call, state) => getSetting('cors', input, call, state),
});

export const putBucketCors = s3Operation({
  name: 'PutBucketCors',
  parse: (input) => {
    const { CORSRules } = input.CORSConfiguration;
    if (CORSRules.length === 0 || CORSRules.length > MOST_RULES) throw malformedXml();
    for (const { AllowedMethods, AllowedOrigins } of CORSRules) {
      if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
      const unknown = AllowedMethods.find((method) => !METHODS.includes(method));
      if (unknown === undefined) continue;
      throw s3Error.invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
    }
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketCORS')],
  handle: (input, call, state) => putSetting('cors', input.CORSConfiguration, input, call, state),
});

export const deleteBucketCors = s3Operation({
  name: 'DeleteBucketCors',
  ...removesSetting('cors', 'PutBucketCORS'),
});
