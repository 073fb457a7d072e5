import { randomUUID } from 'node:crypto';
import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
import { principalArn } from '../../core/principal.js';
import { authenticate, readSignature } from '../../gateway/authentication.js';
import type { SignatureVerifier } from '../execute-api/route-authorizer.js';
import { StageRequest } from './stage-request.js';

/** The operation by which IAM is asked for `execute-api:Invoke`; no client can call it. */
export const INVOKE_API = 'InvokeApi';

/** Verifies the signatures of AWS_IAM methods, and asks IAM whether their signers may invoke them. */
export function signatureVerifier({ credentials, dispatch, now }: CloudContext, scope: Scope): SignatureVerifier {
  return async (request, methodArn) => {
    const sent = request instanceof StageRequest ? request.original : request;
    const signed = readSignature(sent);
    if (signed === undefined) return { refused: { type: 'MISSING_AUTHENTICATION_TOKEN' } };
    if (signed === 'malformed')
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
      const { principal } = await authenticate(sent, signed, credentials, now(), 'rest-json');
      await dispatch(
        'apigateway',
        INVOKE_API,
        { methodArn },
        { ...scope, principal, requestId: randomUUID(), sourceIp: request.sourceIp },
      );
      const userArn = principalArn(principal);
      const user =
        principal.kind === 'assumedRole' ? `${principal.roleId}:${principal.sessionName}` : principal.account;
      return {
        identity: { accountId: principal.account, accessKey: signed.scope.accessKeyId, caller: user, user, userArn },
      };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'AccessDeniedException') return { refused: { type: 'ACCESS_DENIED', message: error.message } };
      const type = error.code === 'ExpiredTokenException' ? 'EXPIRED_TOKEN' : 'INVALID_SIGNATURE';
      return { refused: { type, message: error.message } };
    }
  };
}
