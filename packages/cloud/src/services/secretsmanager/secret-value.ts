import type { Call } from '../../core/operation.js';
import { randomId } from '../../core/random-id.js';
import { invalidParameter, invalidRequest } from './secret-error.js';
import type { SecretRecord, SecretValue } from './secret-record.js';

const LONGEST_VALUE = 65_536;

interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** @returns undefined where the input has no value @throws AwsError InvalidParameterException */
export function readValue({ SecretString: text, SecretBinary: bytes }: ValueInput): SecretValue | undefined {
  if (text !== undefined && bytes !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const length = text === undefined ? (bytes?.length ?? 0) : Buffer.byteLength(text);
  if (length > LONGEST_VALUE) throw invalidParameter(`A secret value has at most ${LONGEST_VALUE} bytes.`);
  if (text !== undefined) return { text };
  return bytes === undefined ? undefined : { bytes: Buffer.from(bytes).toString('base64') };
}

export function valueMembers({ text, bytes }: SecretValue) {
  return { SecretString: text, SecretBinary: bytes === undefined ? undefined : Buffer.from(bytes, 'base64') };
}

/** @throws AwsError InvalidRequestException for a caller of another account, whom AWS's own key does not let in */
export function refuseForeignCaller({ account, keyId }: SecretRecord, call: Call): void {
  const isDefaultKey = keyId === undefined || keyId.endsWith('alias/aws/secretsmanager');
  if (!isDefaultKey || call.principal.account === account) return;
  throw invalidRequest(
    "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
  );
}

export const TOKEN_LIMITS = { min: 32, max: 64 };

/** The id of a new version. Clients of the SDK send one; calls in process need not. */
export function versionId(token: string | undefined, call: Call): string {
  if (token !== undefined) return token;
  if (call.request === undefined) return randomId.uuid();
  throw invalidRequest('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
}
