import type { Access } from '../core/access.js';
import type { Authorizer } from '../core/authorizer.js';
import type { Call } from '../core/operation.js';
import type { Principal } from '../core/principal.js';
import { callerOf } from './caller.js';
import { type CompiledPolicy, compilePolicy } from './compiled-policy.js';
import { denialOf } from './denial.js';
import { evaluate, type PoliciesInForce } from './evaluate.js';
import type { Identities, IdentityPermissions } from './identities.js';
import { requestContext } from './request-context.js';

export interface AuthorizerOptions {
  readonly identities: Identities;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const NOTHING: IdentityPermissions = { id: '', identity: [], boundary: undefined, tags: {} };
const COMPILED_POLICIES_KEPT = 1_000;
const ALLOWED = { allowed: true } as const;

/** Decides by the policies in the store, as IAM decides. */
export function createAuthorizer({ identities, now }: AuthorizerOptions): Authorizer {
  const compiled = new Map<string, Map<string, CompiledPolicy>>();

  /** Resource and session policies come as text with the call, the same text again and again. */
  function compileOnce(name: string, text: string, kind: 'identity' | 'resource' | 'trust'): CompiledPolicy {
    // By the text first: its hash is known from the last time, that of a key made of it would be worked out each time.
    let sameText = compiled.get(text);
    if (!sameText) {
      sameText = new Map();
      if (compiled.size >= COMPILED_POLICIES_KEPT) compiled.clear();
      compiled.set(text, sameText);
    }
    const key = `${kind} ${name}`;
    let policy = sameText.get(key);
    if (!policy) {
      policy = compilePolicy(name, text, kind);
      if (sameText.size >= COMPILED_POLICIES_KEPT) sameText.clear();
      sameText.set(key, policy);
    }
    return policy;
  }

  async function permissionsOf(principal: Principal): Promise<IdentityPermissions> {
    const identity = identityOf(principal);
    if (!identity) return NOTHING;
    const permissions = await identities.permissions(principal.account, identity.kind, identity.name);
    // A role or user that was deleted and created again under the same name is another one.
    return permissions?.id === identity.id ? permissions : NOTHING;
  }

  return async (access: Access, call: Call) => {
    const { principal } = call;
    const permissions = await permissionsOf(principal);
    const trust = isTrust(access);
    const resourcePolicy = await access.resourcePolicy?.();
    const resourceAccount = accountOf(access, call);
    const sessionPolicies = principal.kind === 'assumedRole' ? principal.sessionPolicies : undefined;
    const policies: PoliciesInForce = {
      identity: permissions.identity,
      ...(permissions.boundary && { boundary: permissions.boundary }),
      ...(sessionPolicies?.length && {
        session: sessionPolicies.map((text) => compileOnce('the session policy', text, 'identity')),
      }),
      ...(resourcePolicy !== undefined && {
        resource: compileOnce(
          trust ? `the trust policy of ${access.resource}` : `the policy of ${access.resource}`,
          resourcePolicy,
          trust ? 'trust' : 'resource',
        ),
      }),
      trust,
      ...(access.policyDecides && { policyDecides: true }),
      sameAccount: resourceAccount === principal.account,
    };
    const context = requestContext(access, call, {
      now: now(),
      resourceAccount,
      principalTags: tagsOf(principal, permissions),
    });
    const request = {
      action: access.action,
      actionKey: access.action.toLowerCase(),
      resource: access.resource,
      caller: callerOf(principal),
      values: context.values,
    };
    let evaluation = evaluate(request, policies);
    // Values that have to be looked up are waited for only where a policy came to ask for one.
    while (await context.lookedUp()) evaluation = evaluate(request, policies);
    return evaluation.allowed ? ALLOWED : denialOf(evaluation, access, principal);
  };
}

/** A session's tags count before those of its role. The keys have no case. */
function tagsOf(principal: Principal, { tags }: IdentityPermissions): Readonly<Record<string, string>> {
  const session = principal.kind === 'assumedRole' ? principal.sessionTags?.tags : undefined;
  if (!session) return tags;
  const given = new Set(Object.keys(session).map((key) => key.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(tags).filter(([key]) => !given.has(key.toLowerCase()))), ...session };
}

/** The role or user whose policies are the caller's. */
function identityOf(principal: Principal) {
  switch (principal.kind) {
    case 'user':
      return { kind: 'user', name: principal.userName, id: principal.userId } as const;
    case 'assumedRole':
      return { kind: 'role', name: principal.roleName, id: principal.roleId } as const;
    default:
      return undefined;
  }
}

/** Assuming a role is decided by its trust policy; every other policy of a resource only adds to what callers may. */
function isTrust({ action, resource }: Access): boolean {
  return action.startsWith('sts:') && /^arn:[^:]*:iam::\d{12}:role\//.test(resource);
}

/** The account that owns the resource: the one in its ARN, else the one the operation states, else where the call lands. */
function accountOf({ resource, resourceAccount }: Access, call: Call): string {
  const account = resource.split(':', 5)[4] ?? '';
  return /^\d{12}$/.test(account) ? account : (resourceAccount ?? call.account);
}
