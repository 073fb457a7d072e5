import type { AwsError } from '../../../core/aws-error.js';
import type { CredentialStore } from '../../../core/credentials.js';
import type { Principal } from '../../../core/principal.js';
import { authenticationError } from '../../../gateway/authentication-error.js';
import { hexBytes } from '../../../gateway/hex-bytes.js';
import { hmac, signingKey } from '../../../gateway/signature.js';
import { s3Error } from '../s3-error.js';
import { isSameSignature, signV2 } from '../wire/signature-v2.js';

type Fields = ReadonlyMap<string, string>;

/** @throws AwsError InvalidArgument */
function needed(fields: Fields, name: string): string {
  const value = fields.get(name.toLowerCase());
  if (value !== undefined) return value;
  const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`;
  throw s3Error.invalidArgument(message, name, '');
}

interface FormSignature {
  readonly accessKeyId: string;
  readonly signature: string;
  /** The signature that a secret key makes of the policy. */
  readonly expected: (secret: string) => string;
}

function signatureV4(fields: Fields, policy: string): FormSignature {
  needed(fields, 'X-Amz-Algorithm');
  const credential = needed(fields, 'X-Amz-Credential');
  needed(fields, 'X-Amz-Date');
  const signature = needed(fields, 'X-Amz-Signature');
  const [accessKeyId = '', date = '', region = '', service = ''] = credential.split('/');
  const scope = { accessKeyId, date, region, service };
  return { accessKeyId, signature, expected: (secret) => hmac(signingKey(secret, scope), policy).toString('hex') };
}

function signatureV2(fields: Fields, policy: string): FormSignature {
  const accessKeyId = needed(fields, 'AWSAccessKeyId');
  const signature = needed(fields, 'Signature');
  return { accessKeyId, signature, expected: (secret) => signV2(secret, policy) };
}

const OF_V4 = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'];

function mismatch({ accessKeyId, signature }: FormSignature, policy: string): AwsError {
  return authenticationError('rest-xml', 'mismatch', undefined, {
    AWSAccessKeyId: accessKeyId,
    StringToSign: policy,
    SignatureProvided: signature,
    StringToSignBytes: hexBytes(policy),
  });
}

/**
 * Who signed the policy of a form, by either version of AWS's signatures.
 *
 * @throws AwsError InvalidArgument, InvalidAccessKeyId, SignatureDoesNotMatch
 */
export async function signerOf(
  fields: Fields,
  policy: string,
  credentials: Pick<CredentialStore, 'find'>,
  now: number,
): Promise<Principal> {
  const isV4 = OF_V4.some((name) => fields.has(name));
  const signed = isV4 ? signatureV4(fields, policy) : signatureV2(fields, policy);
  const { accessKeyId } = signed;
  const found = await credentials.find(accessKeyId);
  if (!found) throw authenticationError('rest-xml', 'unknownKey', undefined, { AWSAccessKeyId: accessKeyId });
  if (found.sessionToken !== fields.get('x-amz-security-token')) throw authenticationError('rest-xml', 'badToken');
  if (found.expiration !== undefined && found.expiration <= now) throw authenticationError('rest-xml', 'expiredToken');
  if (!isSameSignature(signed.expected(found.secretAccessKey), signed.signature)) throw mismatch(signed, policy);
  return found.principal;
}
