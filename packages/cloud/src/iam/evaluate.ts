import type { Naming } from './caller.js';
import type { CompiledPolicy, PolicyRequest } from './compiled-policy.js';

/** The kinds of policy that take part in a decision, in AWS's words. */
export type PolicyLayer =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based policy'
  | 'role trust policy';

export interface PoliciesInForce {
  readonly identity: readonly CompiledPolicy[];
  /** Caps what `identity` allows. */
  readonly boundary?: CompiledPolicy;
  /** Caps what `identity` allows in this session; several allow what any of them allows. */
  readonly session?: readonly CompiledPolicy[];
  readonly resource?: CompiledPolicy;
  /** True if `resource` is the trust policy of a role, without which nobody may assume it. */
  readonly trust: boolean;
  /** True if identity policies only count where `resource` leaves the decision to the account. */
  readonly policyDecides?: boolean;
  readonly sameAccount: boolean;
}

export type Evaluation =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly layer: PolicyLayer;
      /** The statement that denies; absent where none allows. */
      readonly deniedBy?: { readonly policy: string; readonly statement: string };
    };

const ALLOWED: Evaluation = { allowed: true };

/**
 * Decides one request (IAM User Guide, "Policy evaluation logic"): any explicit deny wins; then the sides that must
 * allow have to.
 */
export function evaluate(request: PolicyRequest, policies: PoliciesInForce): Evaluation {
  const { identity, boundary, session, resource, trust, policyDecides, sameAccount } = policies;
  const resourceLayer: PolicyLayer = trust ? 'role trust policy' : 'resource-based policy';
  const layers: readonly (readonly [PolicyLayer, readonly CompiledPolicy[]])[] = [
    ['identity-based policy', identity],
    ['permissions boundary', boundary ? [boundary] : []],
    ['session policy', session ?? []],
    [resourceLayer, resource ? [resource] : []],
  ];
  for (const [layer, list] of layers) {
    const deniedBy = findDeny(list, request);
    if (deniedBy) return { allowed: false, layer, deniedBy };
  }

  const granted = resource && closestGrant(resource, request);
  const { kind } = request.caller;
  if (trust || !sameAccount || kind === 'service' || kind === 'anonymous') {
    if (kind === 'service' || kind === 'anonymous') return granted ? ALLOWED : { allowed: false, layer: resourceLayer };
    if (trust && sameAccount && granted !== undefined && granted !== 'account') return withinCaps(granted);
    const caller = byIdentity();
    if (!caller.allowed) return caller;
    return granted ? ALLOWED : { allowed: false, layer: resourceLayer };
  }
  if (policyDecides && granted === undefined) return { allowed: false, layer: resourceLayer };
  return granted === undefined || granted === 'account' ? byIdentity() : withinCaps(granted);

  /** The decision of the caller's own policies. The root of an account may do everything in it. */
  function byIdentity(): Evaluation {
    if (kind === 'root') return ALLOWED;
    if (!allows(identity, request)) return { allowed: false, layer: 'identity-based policy' };
    return withinCaps('identity');
  }

  /**
   * Boundary and session policies cap every grant but those to the session itself, and those to everybody under a
   * condition on `aws:PrincipalArn` (IAM User Guide, "Principal": "IAM role principals" and "All principals").
   */
  function withinCaps(grant: Naming): Evaluation {
    if (kind === 'root' || grant === 'session' || grant === 'arn') return ALLOWED;
    if (boundary && !allows([boundary], request)) return { allowed: false, layer: 'permissions boundary' };
    if (session && !allows(session, request)) return { allowed: false, layer: 'session policy' };
    return ALLOWED;
  }
}

function allows(policies: readonly CompiledPolicy[], request: PolicyRequest): boolean {
  return policies.some(({ statements }) =>
    statements.some(({ effect, applies }) => effect === 'Allow' && applies(request) !== undefined),
  );
}

function findDeny(
  policies: readonly CompiledPolicy[],
  request: PolicyRequest,
): { policy: string; statement: string } | undefined {
  for (const policy of policies) {
    const found = policy.statements.find(({ effect, applies }) => effect === 'Deny' && applies(request) !== undefined);
    if (found) return { policy: policy.name, statement: found.label };
  }
  return undefined;
}

const STRENGTH: Readonly<Record<Naming, number>> = { session: 5, arn: 4, identity: 3, anyone: 2, account: 1 };

/** The strongest way in which the resource's policy allows the caller. */
function closestGrant(policy: CompiledPolicy, request: PolicyRequest): Naming | undefined {
  let closest: Naming | undefined;
  for (const { effect, applies } of policy.statements) {
    if (effect !== 'Allow') continue;
    const naming = applies(request);
    if (naming && (!closest || STRENGTH[naming] > STRENGTH[closest])) closest = naming;
  }
  return closest;
}
