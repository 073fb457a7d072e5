import type { Call, Scope } from '../../core/operation.js';
import type { Principal } from '../../core/principal.js';
import { randomId } from '../../core/random-id.js';

/** A call that Lambda makes of its own accord. */
export function internalCall({ account, region }: Scope, principal: Principal): Call {
  return { account, region, principal, requestId: randomId.uuid(), sourceIp: '127.0.0.1' };
}

/** Lambda itself, as the trust policy of an execution role names it. */
export function lambdaPrincipal(account: string): Principal {
  return { kind: 'service', account, service: 'lambda.amazonaws.com' };
}
