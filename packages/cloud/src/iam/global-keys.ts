import type { Access, ConditionValue } from '../core/access.js';
import type { Call } from '../core/operation.js';
import { type Principal, principalId } from '../core/principal.js';
import { callerOf } from './caller.js';

/** The sources of a request's context, in addition to the access and the call. */
export interface ContextSources {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly resourceAccount: string;
  /** The tags of the caller's role or user, for `aws:PrincipalTag/…`. */
  readonly principalTags: Readonly<Record<string, string>>;
}

type GlobalKey = (access: Access, call: Call, sources: ContextSources, tag: string) => ConditionValue;

/** Services without regions; AWS gives their requests the region that holds them. */
const GLOBAL_SERVICES = new Set(['iam']);

/** The global condition keys that the cloud knows (IAM User Guide, "AWS global condition context keys"). */
const GLOBAL_KEYS: Readonly<Record<string, GlobalKey>> = {
  'aws:CalledVia': (_access, { calledVia }) => calledVia,
  'aws:CalledViaFirst': (_access, { calledVia }) => calledVia?.[0],
  'aws:CalledViaLast': (_access, { calledVia }) => calledVia?.at(-1),
  'aws:CurrentTime': (_access, _call, { now }) => new Date(now).toISOString(),
  'aws:EpochTime': (_access, _call, { now }) => String(Math.floor(now / 1000)),
  // There are no second factors here. AWS gives the key to temporary credentials alone.
  'aws:MultiFactorAuthPresent': (_access, { principal }) => (isTemporary(principal) ? 'false' : undefined),
  'aws:PrincipalAccount': (_access, { principal }) =>
    principal.kind === 'service' || principal.kind === 'anonymous' ? undefined : principal.account,
  'aws:PrincipalArn': (_access, { principal }) => callerOf(principal).identityArn,
  'aws:PrincipalIsAWSService': (_access, { principal }) => String(principal.kind === 'service'),
  'aws:PrincipalServiceName': (_access, { principal }) =>
    principal.kind === 'service' ? principal.service : undefined,
  'aws:PrincipalServiceNamesList': (_access, { principal }) =>
    principal.kind === 'service' ? [principal.service] : undefined,
  'aws:PrincipalTag/*': (_access, _call, { principalTags }, tag) =>
    Object.entries(principalTags).find(([name]) => name.toLowerCase() === tag)?.[1],
  'aws:PrincipalType': (_access, { principal: { kind } }) => PRINCIPAL_TYPE[kind],
  'aws:referer': (_access, { request }) => request?.referer,
  'aws:RequestedRegion': ({ action }, { region }) =>
    GLOBAL_SERVICES.has(action.slice(0, action.indexOf(':'))) ? 'us-east-1' : region,
  'aws:ResourceAccount': (_access, _call, { resourceAccount }) => resourceAccount,
  // Loopback replaces the TLS that the same client uses with AWS: policies that require TLS must not deny here.
  'aws:SecureTransport': () => 'true',
  'aws:SourceAccount': (_access, { principal }) => (principal.kind === 'service' ? principal.account : undefined),
  'aws:SourceArn': (_access, { principal }) => (principal.kind === 'service' ? principal.sourceArn : undefined),
  'aws:SourceIp': (_access, call) => (call.principal.kind === 'service' || call.calledVia ? undefined : call.sourceIp),
  'aws:TokenIssueTime': (_access, { principal }) => timeText(issuedAt(principal)),
  'aws:UserAgent': (_access, { request }) => request?.userAgent,
  'aws:userid': (_access, { principal }) => principalId(principal),
  'aws:username': (_access, { principal }) => (principal.kind === 'user' ? principal.userName : undefined),
  'aws:ViaAWSService': (_access, { calledVia }) => String(calledVia !== undefined),
  'lambda:SourceFunctionArn': (_access, { principal }) =>
    principal.kind === 'assumedRole' ? principal.sourceFunctionArn : undefined,
  's3:ResourceAccount': (_access, _call, { resourceAccount }) => resourceAccount,
};

const PRINCIPAL_TYPE: Readonly<Record<Principal['kind'], string>> = {
  root: 'Account',
  user: 'User',
  assumedRole: 'AssumedRole',
  service: 'Service',
  anonymous: 'Anonymous',
};

const BY_LOWER_CASE = new Map(Object.entries(GLOBAL_KEYS).map(([name, value]) => [name.toLowerCase(), value]));

/** The value of a global key, by its name in lower case. */
export function globalKeyValue(key: string, access: Access, call: Call, sources: ContextSources): ConditionValue {
  const slash = key.indexOf('/');
  if (slash === -1) return BY_LOWER_CASE.get(key)?.(access, call, sources, '');
  return BY_LOWER_CASE.get(`${key.slice(0, slash)}/*`)?.(access, call, sources, key.slice(slash + 1));
}

/** True if the cloud can give a global key a value, by its name in lower case. */
export function isGlobalKey(key: string): boolean {
  const slash = key.indexOf('/');
  return BY_LOWER_CASE.has(slash === -1 ? key : `${key.slice(0, slash)}/*`);
}

const isTemporary = (principal: Principal): boolean =>
  principal.kind === 'assumedRole' || (principal.kind === 'user' && principal.issued !== undefined);

/** When temporary credentials were given out, in epoch milliseconds. */
function issuedAt(principal: Principal): number | undefined {
  return principal.kind === 'assumedRole' || principal.kind === 'user' ? principal.issued : undefined;
}

const timeText = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();
