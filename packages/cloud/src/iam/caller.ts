import { type Principal, principalArn } from '../core/principal.js';
import type { Names, PolicyPrincipal } from './policy-document.js';

/** Who asks, in the forms in which policies name principals. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role' | 'service' | 'anonymous';
  readonly account: string;
  /** The name in messages: the session's ARN, the account root's ARN, or the service. */
  readonly arn: string;
  /** `aws:PrincipalArn`: the role's ARN for its sessions, the user's own. Absent for services and for who has no credentials. */
  readonly identityArn: string | undefined;
}

export function callerOf(principal: Principal): Caller {
  const { account } = principal;
  const arn = principalArn(principal);
  switch (principal.kind) {
    case 'root':
      return { kind: 'root', account, arn, identityArn: arn };
    case 'user':
      return { kind: 'user', account, arn, identityArn: arn };
    case 'assumedRole':
      return { kind: 'role', account, arn, identityArn: principal.roleArn };
    case 'service':
      return { kind: 'service', account, arn, identityArn: undefined };
    case 'anonymous':
      return { kind: 'anonymous', account, arn, identityArn: undefined };
  }
}

/**
 * How closely a policy names the caller; each counts differently when its policy allows
 * (IAM User Guide, "Policy evaluation for requests within a single account"). `session` is the very caller: a
 * role's session or a user. `arn` is everybody, where a condition on `aws:PrincipalArn` says who that is.
 */
export type Naming = 'session' | 'arn' | 'identity' | 'anyone' | 'account';

const CLOSEST_FIRST: readonly Naming[] = ['session', 'arn', 'identity', 'anyone', 'account'];

/**
 * How the Principal element names the caller; undefined where it does not.
 *
 * @param everybody how `*` names the caller
 */
export function namedBy(
  principals: Names<PolicyPrincipal>,
  caller: Caller,
  everybody: 'anyone' | 'arn',
): Naming | undefined {
  const namings = new Set(principals.values.map((principal) => naming(principal, caller)));
  if (principals.not) return isExempt(namings, caller) ? undefined : 'anyone';
  if (namings.has('anyone')) namings.add(everybody);
  return CLOSEST_FIRST.find((name) => namings.has(name));
}

function naming({ kind, value }: PolicyPrincipal, caller: Caller): Naming | undefined {
  if (kind === 'Service') return caller.kind === 'service' && value === caller.arn ? 'identity' : undefined;
  if (kind !== 'AWS') return undefined;
  if (value === '*') return 'anyone';
  if (caller.kind === 'service' || caller.kind === 'anonymous') return undefined;
  const isAccount = value === caller.account || value === `arn:aws:iam::${caller.account}:root`;
  if (isAccount) return caller.kind === 'root' ? 'identity' : 'account';
  if (value === caller.identityArn) return caller.kind === 'user' ? 'session' : 'identity';
  return value === caller.arn ? 'session' : undefined;
}

/** NotPrincipal spares a role session only where the session, its role and its account are all listed; a user with its account. */
function isExempt(namings: ReadonlySet<Naming | undefined>, caller: Caller): boolean {
  if (namings.has('anyone')) return true;
  if (caller.kind === 'root' || caller.kind === 'service') return namings.has('identity');
  if (caller.kind === 'user') return namings.has('session') && namings.has('account');
  return namings.has('session') && namings.has('identity') && namings.has('account');
}
