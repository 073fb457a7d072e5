import type { Access, Call } from '../core/operation.js';
import type { Principal } from '../core/principal.js';
import { callerOf } from './caller.js';
import type { ContextValues } from './policy-variable.js';

/** What a request's context is made of besides the access and the call. */
export interface ContextSources {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly resourceAccount: string;
  /** The tags of the caller's role, for `aws:PrincipalTag/…`. */
  readonly principalTags: Readonly<Record<string, string>>;
}

const PRINCIPAL_TAG = 'aws:principaltag/';
/** Services without regions; AWS gives their requests the region that holds them. */
const GLOBAL_SERVICES = new Set(['iam']);

/**
 * The condition keys of one request: those the operation states, and the global ones
 * (IAM User Guide, "AWS global condition context keys"). Keys are asked for in lower case.
 */
export function requestContext(access: Access, call: Call, sources: ContextSources): ContextValues {
  let stated: Map<string, string | readonly string[]> | undefined;
  return (key) => {
    if (access.context) {
      stated ??= new Map(Object.entries(access.context).map(([name, value]) => [name.toLowerCase(), value]));
      const value = stated.get(key);
      if (value !== undefined) return value;
    }
    if (key.startsWith(PRINCIPAL_TAG)) {
      const wanted = key.slice(PRINCIPAL_TAG.length);
      const tags = Object.entries(sources.principalTags);
      return tags.find(([name]) => name.toLowerCase() === wanted)?.[1];
    }
    return globalValue(key, access, call, sources);
  };
}

function globalValue(key: string, access: Access, call: Call, { now, resourceAccount }: ContextSources) {
  const { principal } = call;
  const service = principal.kind === 'service' ? principal : undefined;
  switch (key) {
    case 'aws:principalarn':
      return callerOf(principal).identityArn;
    case 'aws:principalaccount':
      return service ? undefined : principal.account;
    case 'aws:principaltype':
      return service ? 'Service' : principal.kind === 'root' ? 'Account' : 'AssumedRole';
    case 'aws:principalisawsservice':
      return String(service !== undefined);
    case 'aws:principalservicename':
      return service?.service;
    case 'aws:userid':
      return userId(principal);
    case 'aws:sourcearn':
      return service?.sourceArn;
    case 'aws:sourceaccount':
      return service?.account;
    case 'aws:requestedregion':
      return GLOBAL_SERVICES.has(access.action.split(':')[0] ?? '') ? 'us-east-1' : call.region;
    case 'aws:sourceip':
      return service ? undefined : call.sourceIp;
    case 'aws:currenttime':
      return new Date(now).toISOString();
    case 'aws:epochtime':
      return String(Math.floor(now / 1000));
    case 'aws:securetransport':
      // Loopback stands in for the TLS that the same client speaks to AWS: policies that demand TLS must not bite here.
      return 'true';
    case 'aws:viaawsservice':
      return 'false';
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return resourceAccount;
    default:
      return undefined;
  }
}

function userId(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'root':
      return principal.account;
    case 'assumedRole':
      return `${principal.roleId}:${principal.sessionName}`;
    case 'service':
      return undefined;
  }
}
