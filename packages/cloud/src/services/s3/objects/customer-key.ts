import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import { s3Error } from '../s3-error.js';
import type { ObjectHeaders } from './object-record.js';

/** Members of inputs that bring a key of the customer's own (SSE-C). */
export interface CustomerKeyInput {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
}

const HEADER = 'x-amz-server-side-encryption';
const KEY_BYTES = 32;

/** A key that has been checked; the key itself is not kept. */
export interface CustomerKey {
  readonly SSECustomerAlgorithm: string;
  readonly SSECustomerKeyMD5: string;
}

/**
 * The customer's key of a request; undefined where it has none.
 *
 * @throws AwsError InvalidArgument, InvalidEncryptionAlgorithmError
 */
export function readCustomerKey(input: CustomerKeyInput): CustomerKey | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: key, SSECustomerKeyMD5: md5 } = input;
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined;
  if (input.ServerSideEncryption !== undefined) {
    throw s3Error.invalidArgument(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      HEADER,
      input.ServerSideEncryption,
    );
  }
  const requests = 'Requests specifying Server Side Encryption with Customer provided keys must provide';
  if (algorithm === undefined) {
    throw s3Error.invalidArgument(`${requests} a valid encryption algorithm.`, HEADER);
  }
  if (algorithm !== 'AES256') {
    throw new AwsError(
      'InvalidEncryptionAlgorithmError',
      'The Encryption request you specified is not valid. Supported value: AES256.',
      400,
      { ArgumentName: HEADER, ArgumentValue: algorithm },
    );
  }
  if (key === undefined) throw s3Error.invalidArgument(`${requests} an appropriate secret key.`, HEADER);
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw s3Error.invalidArgument(BAD_KEY, HEADER);
  }
  const computed = createHash('md5').update(bytes).digest('base64');
  if (md5 !== undefined && md5 !== computed) {
    const message = 'The calculated MD5 hash of the key did not match the hash that was provided.';
    throw s3Error.invalidArgument(message, HEADER);
  }
  return { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: computed };
}

/** The part of a customer's key that is stored. */
export function customerKeyHeaders(input: CustomerKeyInput): Partial<CustomerKey> {
  return readCustomerKey(input) ?? {};
}

const BAD_KEY = 'The secret key was invalid for the specified algorithm.';

/** The key of a reader: one that cannot be a key is a wrong one. */
function readersKey(input: CustomerKeyInput): CustomerKey | undefined {
  try {
    return readCustomerKey(input);
  } catch (error) {
    throw failedWith(error, 'InvalidArgument') && error.message === BAD_KEY ? wrongKey() : error;
  }
}

function wrongKey(): AwsError {
  return s3Error.accessDenied(
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
  );
}

/**
 * Looks whether a request brings the key that an object was written with.
 *
 * @throws AwsError InvalidRequest, AccessDenied
 */
export function checkCustomerKey(input: CustomerKeyInput, { SSECustomerKeyMD5: used }: ObjectHeaders): void {
  const key = readersKey(input);
  if (used === undefined) {
    if (!key) return;
    throw s3Error.invalidRequest('The encryption parameters are not applicable to this object.');
  }
  if (!key) {
    throw s3Error.invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  }
  if (key.SSECustomerKeyMD5 !== used) throw wrongKey();
}
