import type { Access } from '../core/access.js';
import type { Decision } from '../core/authorizer.js';
import type { Principal } from '../core/principal.js';
import { principalArn } from '../core/principal.js';
import type { Evaluation, PolicyLayer } from './evaluate.js';

type Denial = Extract<Evaluation, { allowed: false }>;

/** With the article that AWS's sentence has: there may be several identity policies, but only one trust policy. */
const IN_LAYER: Readonly<Record<PolicyLayer, string>> = {
  'identity-based policy': 'an identity-based policy',
  'permissions boundary': 'a permissions boundary',
  'session policy': 'a session policy',
  'resource-based policy': 'a resource-based policy',
  'role trust policy': 'the role trust policy',
};

/** A denial in AWS's words (IAM User Guide, "Troubleshoot access denied error messages"), and what would help. */
export function denialOf(denial: Denial, { action, resource }: Access, principal: Principal): Decision {
  const { layer, deniedBy } = denial;
  // S3 alone puts the resource in quotes.
  const named = action.startsWith('s3:') ? `"${resource}"` : resource;
  const target = layer === 'role trust policy' ? '' : ` on resource: ${named}`;
  const cause = deniedBy
    ? `with an explicit deny in ${IN_LAYER[layer]}`
    : `because no ${layer} allows the ${action} action`;
  return {
    allowed: false,
    message: `User: ${principalArn(principal)} is not authorized to perform: ${action}${target} ${cause}`,
    reason: deniedBy
      ? `statement ${deniedBy.statement} of ${deniedBy.policy} denies it, which no other statement can undo`
      : noneAllows(layer, principal, resource),
    statement: JSON.stringify(allowingStatement(layer, action, resource, principal)),
  };
}

function noneAllows(layer: PolicyLayer, principal: Principal, resource: string): string {
  const caller = callerNoun(principal);
  switch (layer) {
    case 'identity-based policy':
      return `no policy of the ${caller} allows it`;
    case 'permissions boundary':
      return `the permissions boundary of the ${caller} does not allow it`;
    case 'session policy':
      return `the policies given to AssumeRole for this session of the ${caller} do not allow it`;
    case 'resource-based policy':
      return `the policy of ${resource} does not allow it, or there is none`;
    case 'role trust policy':
      return `the trust policy of ${resource} does not name the ${caller}`;
  }
}

function callerNoun(principal: Principal): string {
  switch (principal.kind) {
    case 'assumedRole':
      return `role ${principal.roleName}`;
    case 'user':
      return `user ${principal.userName}`;
    default:
      return 'caller';
  }
}

function allowingStatement(layer: PolicyLayer, action: string, resource: string, principal: Principal): object {
  if (layer === 'role trust policy') {
    return { Effect: 'Allow', Principal: principalElement(principal), Action: action };
  }
  if (layer !== 'resource-based policy') return { Effect: 'Allow', Action: action, Resource: resource };
  const sourceArn = principal.kind === 'service' ? principal.sourceArn : undefined;
  return {
    Effect: 'Allow',
    Principal: principalElement(principal),
    Action: action,
    Resource: resource,
    ...(sourceArn && { Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } }),
  };
}

function principalElement(principal: Principal): object {
  switch (principal.kind) {
    case 'root':
      return { AWS: principalArn(principal) };
    case 'user':
      return { AWS: principal.userArn };
    case 'assumedRole':
      return { AWS: principal.roleArn };
    case 'service':
      return { Service: principal.service };
    case 'anonymous':
      return { AWS: '*' };
  }
}
