import type { CloudContext } from '../../../core/cloud.js';
import type { RequestHead } from '../../../core/http.js';
import { ANONYMOUS } from '../../../core/principal.js';
import type { Admitted } from '../../../core/service.js';
import type { BucketStore } from '../buckets/bucket-store.js';
import { s3Error } from '../s3-error.js';
import { addressOf, resourcePath } from './address.js';
import { readSignatureV2, verifySignatureV2 } from './signature-v2.js';

/**
 * Admits requests that Signature Version 4 does not sign: presigned URLs of Signature Version 2, and requests of nobody
 * in particular, which the policy or the list of a bucket may let in.
 *
 * @throws AwsError NoSuchBucket, AccessDenied, SignatureDoesNotMatch
 */
export async function admit(
  head: RequestHead,
  buckets: BucketStore,
  { credentials, now }: Pick<CloudContext, 'credentials' | 'now'>,
): Promise<Admitted> {
  const { bucket: name } = addressOf(head);
  const bucket = name === '' ? undefined : await buckets.find(name);
  const signature = readSignatureV2(head);
  if (signature) {
    const principal = await verifySignatureV2(head, signature, resourcePath(head), credentials, now());
    return { principal, account: principal.account, region: bucket?.region ?? 'us-east-1', presigned: true };
  }
  if (name === '') throw s3Error.accessDenied();
  if (!bucket) throw s3Error.noSuchBucket(name);
  const { account, region } = bucket;
  return { principal: ANONYMOUS, account, region, presigned: false };
}
