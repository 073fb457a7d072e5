import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { HttpRequest, HttpResponse } from '../../../core/http.js';
import { ANONYMOUS, type Principal, principalArn, principalId } from '../../../core/principal.js';
import { authenticate, readSignature } from '../../../gateway/authentication.js';
import type { FunctionUrl } from './function-url.js';
import type { UrlCaller } from './url-event.js';

/** Who makes a request; `caller` where the URL wants to know it. */
export interface Identified {
  readonly principal: Principal;
  readonly caller?: UrlCaller;
}

/** @returns the answer to who is not let in */
export async function identify(
  request: HttpRequest,
  { authType }: FunctionUrl,
  { credentials, now }: CloudContext,
): Promise<Identified | { readonly refused: HttpResponse }> {
  if (authType === 'NONE') return { principal: ANONYMOUS };
  const signed = readSignature(request);
  if (signed === undefined) return { refused: forbidden() };
  if (typeof signed === 'string')
    return { refused: refusal('IncompleteSignatureException', 'The signature is incomplete') };
  if (signed.scope.service !== 'lambda') {
    const message = "Credential should be scoped to correct service: 'lambda'.";
    return { refused: refusal('InvalidSignatureException', message) };
  }
  try {
    const { principal } = await authenticate(request, signed, credentials, now(), 'rest-json');
    return { principal, caller: callerOf(principal, signed.scope.accessKeyId) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { refused: refusal(error.code, error.message) };
  }
}

function callerOf(principal: Principal, accessKey: string): UrlCaller {
  const { account: accountId } = principal;
  const userId = principalId(principal) ?? accountId;
  return { accessKey, accountId, callerId: userId, userArn: principalArn(principal), userId };
}

function refusal(code: string, message: string): HttpResponse {
  return answer(403, code, message);
}

/** AWS's answer to who may not call a URL. */
export function forbidden(): HttpResponse {
  return answer(
    403,
    'AccessDeniedException',
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  );
}

/** An answer of Lambda itself. */
export function answer(status: number, code: string, Message: string | null): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', code],
    ],
    body: JSON.stringify({ Message }),
  };
}
