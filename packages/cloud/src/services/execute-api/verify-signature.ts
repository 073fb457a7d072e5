import { AwsError } from '../../core/aws-error.js';
import type { CredentialStore } from '../../core/credentials.js';
import { type Principal, principalArn, principalId } from '../../core/principal.js';
import { authenticate, readSignature } from '../../gateway/authentication.js';
import type { SignatureVerifier } from './route-authorizer.js';

export interface SignatureSetting {
  /** Whose key signed. */
  readonly credentials: Pick<CredentialStore, 'find'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /**
   * Throws an AwsError if the signer may not invoke the method.
   * @default - every key is allowed
   */
  readonly authorize?: (principal: Principal, methodArn: string, sourceIp: string) => Promise<void>;
}

/** Verifies the signatures of AWS_IAM methods, and whether their signers may invoke them. */
export function signatureVerifier({ credentials, now, authorize }: SignatureSetting): SignatureVerifier {
  return async (request, methodArn) => {
    const signed = readSignature(request);
    if (signed === undefined) return { refused: { type: 'MISSING_AUTHENTICATION_TOKEN' } };
    if (typeof signed === 'string')
      return { refused: { type: 'INVALID_SIGNATURE', message: 'Authorization header requires a valid signature' } };
    if (signed.scope.service !== 'execute-api') {
      return {
        refused: {
          type: 'INVALID_SIGNATURE',
          message: `Credential should be scoped to correct service: 'execute-api'.`,
        },
      };
    }
    try {
      const { principal } = await authenticate(request, signed, credentials, now(), 'rest-json');
      await authorize?.(principal, methodArn, request.sourceIp);
      const userArn = principalArn(principal);
      const user = principalId(principal) ?? principal.account;
      return {
        identity: { accountId: principal.account, accessKey: signed.scope.accessKeyId, caller: user, user, userArn },
      };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'AccessDeniedException')
        return { refused: { type: 'ACCESS_DENIED', message: maskedAccount(error.message) } };
      const type = error.code === 'ExpiredTokenException' ? 'EXPIRED_TOKEN' : 'INVALID_SIGNATURE';
      return { refused: { type, message: error.message } };
    }
  };
}

/** API Gateway shows its callers the last four digits of the API's account only. */
export function maskedAccount(message: string): string {
  return message.replace(/(?<=:execute-api:[a-z0-9-]*:)\d{8}(?=\d{4}:)/, '********');
}
