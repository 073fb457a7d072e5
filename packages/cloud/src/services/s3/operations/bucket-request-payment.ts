import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { findSetting, putSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

export const getBucketRequestPayment = s3Operation({
  name: 'GetBucketRequestPayment',
  access: (row) => [bucketAccess(row, 'GetBucketRequestPayment')],
  handle: async (input, call, state) =>
    (await findSetting('requestPayment', input, call, state)) ?? { Payer: 'BucketOwner' as const },
});

/** Stored and answered back: nothing in this cloud costs anything. */
export const putBucketRequestPayment = s3Operation({
  name: 'PutBucketRequestPayment',
  parse: (input) => {
    const { Payer } = input.RequestPaymentConfiguration;
    if (Payer !== 'Requester' && Payer !== 'BucketOwner') throw malformedXml();
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketRequestPayment')],
  handle: (input, call, state) => putSetting('requestPayment', input.RequestPaymentConfiguration, input, call, state),
});
