import type { Call, Scope } from './operation.js';
import type { Principal } from './principal.js';
import { randomId } from './random-id.js';

/** A call that a service itself makes. */
export function internalCall({ account, region }: Scope, principal: Principal): Call {
  return { account, region, principal, requestId: randomId.uuid(), sourceIp: '127.0.0.1' };
}
