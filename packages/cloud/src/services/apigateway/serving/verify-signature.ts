import { randomUUID } from 'node:crypto';
import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { type SignatureVerifier, signatureVerifier } from '../../execute-api/index.js';
import { StageRequest } from './stage-request.js';

/** The operation by which IAM is asked for `execute-api:Invoke`; no client can call it. */
export const INVOKE_API = 'InvokeApi';

/** Verifies the signatures of AWS_IAM methods, and asks IAM whether their signers may invoke them. */
export function stageSignatureVerifier({ credentials, dispatch, now }: CloudContext, scope: Scope): SignatureVerifier {
  const verify = signatureVerifier({
    credentials,
    now,
    authorize: async (principal, methodArn, sourceIp) => {
      const caller = { ...scope, principal, requestId: randomUUID(), sourceIp };
      await dispatch('apigateway', INVOKE_API, { methodArn }, caller);
    },
  });
  // The client signed the original request, including the stage.
  return (request, methodArn) => verify(request instanceof StageRequest ? request.original : request, methodArn);
}
