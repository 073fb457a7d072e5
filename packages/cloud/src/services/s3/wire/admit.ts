import type { CloudContext } from '../../../core/cloud.js';
import type { RequestHead } from '../../../core/http.js';
import { ANONYMOUS } from '../../../core/principal.js';
import type { Admitted } from '../../../core/service.js';
import type { BucketStore } from '../buckets/bucket-store.js';
import { admitForm, type Decode } from '../post/posted-object.js';
import { s3Error } from '../s3-error.js';
import { addressOf, resourcePath } from './address.js';
import { readSignatureV2, verifySignatureV2 } from './signature-v2.js';

/**
 * Admits requests that Signature Version 4 does not sign: presigned URLs of Signature Version 2, forms of web
 * pages, and requests of nobody in particular, which the policy or the list of a bucket may let in.
 *
 * @throws AwsError NoSuchBucket, AccessDenied, SignatureDoesNotMatch
 */
export async function admit(
  head: RequestHead,
  body: () => AsyncIterable<Uint8Array>,
  buckets: BucketStore,
  decode: Decode,
  context: Pick<CloudContext, 'credentials' | 'now'>,
): Promise<Admitted> {
  const { credentials, now } = context;
  const { bucket: name, key } = addressOf(head);
  const bucket = name === '' ? undefined : await buckets.find(name);
  const signature = readSignatureV2(head);
  if (signature) {
    const principal = await verifySignatureV2(head, signature, resourcePath(head), credentials, now());
    return { principal, account: principal.account, region: bucket?.region ?? 'us-east-1', presigned: true };
  }
  if (name === '') throw s3Error.accessDenied();
  if (!bucket) throw s3Error.noSuchBucket(name);
  if (head.method === 'POST' && key === '' && head.query === '')
    return admitForm(head, body(), bucket, decode, context);
  const { account, region } = bucket;
  return { principal: ANONYMOUS, account, region, presigned: false };
}
