import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AwsError } from '../../../core/aws-error.js';
import type { CredentialStore } from '../../../core/credentials.js';
import type { RequestHead } from '../../../core/http.js';
import type { Principal } from '../../../core/principal.js';
import { authenticationError } from '../../../gateway/authentication-error.js';
import { hexBytes } from '../../../gateway/hex-bytes.js';
import { isoSeconds } from '../../../gateway/iso-seconds.js';

/** A presigned URL of Signature Version 2, which boto3 makes of S3 unless it is asked for another. */
export interface SignatureV2 {
  readonly accessKeyId: string;
  readonly signature: string;
  /** Epoch seconds until which the URL can be used. */
  readonly expires: number;
}

/** Query parameters that say what is asked for, and are signed ("Signing and authenticating REST requests", S3). */
const SIGNED_PARAMETERS = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'retention',
  'select',
  'select-type',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** Reads the signature of a URL: undefined where it has none. @throws AwsError AccessDenied for half of one */
export function readSignatureV2({ query }: RequestHead): SignatureV2 | undefined {
  const parameters = new URLSearchParams(query);
  const accessKeyId = parameters.get('AWSAccessKeyId');
  const signature = parameters.get('Signature');
  const expires = parameters.get('Expires');
  if (accessKeyId === null && signature === null) return undefined;
  if (accessKeyId === null || signature === null || expires === null)
    throw authenticationError('rest-xml', 'incompleteV2');
  return { accessKeyId, signature, expires: Number(expires) };
}

/** The value of a header, or of the query parameter that a URL has instead. */
function valuesOf(head: RequestHead, parameters: URLSearchParams): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) values.set(name.toLowerCase(), value);
  const sent = new Map<string, string>();
  for (const [name, value] of head.headers) {
    const before = sent.get(name);
    sent.set(name, before === undefined ? value.trim() : `${before},${value.trim()}`);
  }
  for (const [name, value] of sent) values.set(name, value);
  return values;
}

/** @param path of the resource, with the bucket before it: `/bucket/key` */
function stringToSignV2(head: RequestHead, path: string, expires: string): string {
  const parameters = new URLSearchParams(head.query);
  const values = valuesOf(head, parameters);
  const amz = [...values]
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const signed = [...parameters]
    .filter(([name]) => SIGNED_PARAMETERS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
  const resource = signed === '' ? path : `${path}?${signed}`;
  const { method } = head;
  return `${method}\n${values.get('content-md5') ?? ''}\n${values.get('content-type') ?? ''}\n${expires}\n${amz}${resource}`;
}

export function signV2(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

/** True if two signatures are the same; how long it takes does not tell where they differ. */
export function isSameSignature(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function mismatch(accessKeyId: string, text: string, signature: string): AwsError {
  return authenticationError('rest-xml', 'mismatch', undefined, {
    AWSAccessKeyId: accessKeyId,
    StringToSign: text,
    SignatureProvided: signature,
    StringToSignBytes: hexBytes(text),
  });
}

/**
 * Verifies a presigned URL of Signature Version 2.
 *
 * @param path of the resource, with the bucket before it
 * @returns who signed it
 * @throws AwsError in S3's words
 */
export async function verifySignatureV2(
  head: RequestHead,
  { accessKeyId, signature, expires }: SignatureV2,
  path: string,
  credentials: Pick<CredentialStore, 'find'>,
  now: number,
): Promise<Principal> {
  const found = await credentials.find(accessKeyId);
  if (!found) throw authenticationError('rest-xml', 'unknownKey', undefined, { AWSAccessKeyId: accessKeyId });
  const token = valuesOf(head, new URLSearchParams(head.query)).get('x-amz-security-token');
  if (found.sessionToken !== token) throw authenticationError('rest-xml', 'badToken');
  if (found.expiration !== undefined && found.expiration <= now) throw authenticationError('rest-xml', 'expiredToken');
  if (!(now <= expires * 1000)) {
    throw authenticationError('rest-xml', 'expiredUrl', undefined, {
      Expires: Number.isFinite(expires) ? isoSeconds(expires * 1000) : undefined,
      ServerTime: isoSeconds(now),
    });
  }
  const text = stringToSignV2(head, path, String(expires));
  if (isSameSignature(signV2(found.secretAccessKey, text), signature)) return found.principal;
  throw mismatch(accessKeyId, text, signature);
}
