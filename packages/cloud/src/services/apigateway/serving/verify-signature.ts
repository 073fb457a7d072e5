import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { ANONYMOUS } from '../../../core/principal.js';
import {
  maskedAccount,
  type PolicyDecider,
  type SignatureVerifier,
  signatureVerifier,
} from '../../execute-api/index.js';
import { StageRequest } from './stage-request.js';

/** The operations by which IAM is asked for `execute-api:Invoke` and `execute-api:ManageConnections`; no client can call them. */
export const INVOKE_API = 'InvokeApi';
export const MANAGE_CONNECTIONS = 'ManageConnections';

/**
 * Verifies the signatures of requests to an API, and asks IAM whether their signers may make them.
 * @param policy the API's own, JSON text
 * @param asks the operation by which IAM is asked (default: that of AWS_IAM methods)
 */
export function stageSignatureVerifier(
  { credentials, dispatch, now }: CloudContext,
  scope: Scope,
  policy: string | undefined,
  asks: typeof INVOKE_API | typeof MANAGE_CONNECTIONS = INVOKE_API,
): SignatureVerifier {
  const verify = signatureVerifier({
    credentials,
    now,
    authorize: async (principal, methodArn, sourceIp) => {
      const caller = { ...scope, principal, requestId: randomUUID(), sourceIp };
      await dispatch('apigateway', asks, { methodArn, policy }, caller);
    },
  });
  // The client signed the original request, including the stage.
  return (request, methodArn) => verify(request instanceof StageRequest ? request.original : request, methodArn);
}

/** Has the resource policy of an API decide about callers that nobody knows: those of methods without AWS_IAM. */
export function policyDecision({ dispatch }: CloudContext, scope: Scope, policy: string): PolicyDecider {
  return async (methodArn, sourceIp) => {
    const caller = { ...scope, principal: ANONYMOUS, requestId: randomUUID(), sourceIp };
    try {
      await dispatch('apigateway', INVOKE_API, { methodArn, policy }, caller);
      return undefined;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { type: 'ACCESS_DENIED', message: maskedAccount(error.message) };
    }
  };
}
