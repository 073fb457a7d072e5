import type { Authorizer } from '../core/authorizer.js';
import { principalArn } from '../core/principal.js';

/** The rule without policies: the root of an account may do everything in it, nobody else anything. */
export const rootOnly: Authorizer = async ({ action, resource }, { principal, account }) => {
  if (principal.kind === 'root' && principal.account === account) return { allowed: true };
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  const why = `because no identity-based policy allows the ${action} action`;
  const message = `User: ${principalArn(principal)} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  return { allowed: false, message, reason: 'this cloud reads no policies', statement };
};
