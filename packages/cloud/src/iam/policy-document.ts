import { AwsError } from '../core/aws-error.js';
import { isObject, parseJson } from '../core/json.js';
import { isConditionOperator } from './condition-operators.js';

/** The kind of thing that a policy document is attached to; each kind has its own grammar. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A list that an element names, or everything but it (`NotAction`, `NotResource`, `NotPrincipal`). */
export interface Names<Value = string> {
  readonly not: boolean;
  readonly values: readonly Value[];
}

export interface PolicyPrincipal {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly value: string;
}

export interface PolicyCondition {
  /** With its quantifier and `IfExists`: `ForAllValues:StringLike` */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Names;
  /** Undefined in trust policies, which are about their role. */
  readonly resources: Names | undefined;
  /** Undefined in identity policies, which are about who they are attached to. */
  readonly principals: Names<PolicyPrincipal> | undefined;
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyDocument {
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly PolicyStatement[];
}

const TOP_LEVEL = new Set(['Version', 'Id', 'Statement']);
const STATEMENT = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const ASSUME_ROLE_ACTION = /^sts:(AssumeRole\w*|TagSession|SetSourceIdentity|SetContext)$/i;

type Json = Readonly<Record<string, unknown>>;

/** The error every wrong policy document is answered with. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message, 400);
}

const syntaxError = () => malformedPolicy('Syntax errors in policy.');

/**
 * Reads a policy document as IAM does.
 * @param resources `any` to take resources that are no ARNs, which match nothing: some services keep such policies.
 * Policies that a service has checked are read so. @default 'arn'
 * @throws AwsError MalformedPolicyDocument, worded as AWS words it
 */
export function parsePolicy(text: string, kind: PolicyKind, resources: 'arn' | 'any' = 'arn'): PolicyDocument {
  const root = parseRoot(text, kind);
  if (Object.keys(root).some((element) => !TOP_LEVEL.has(element))) throw syntaxError();
  if ('Id' in root && typeof root.Id !== 'string') throw syntaxError();
  const version = root.Version ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') throw syntaxError();
  if (kind === 'identity' && version !== '2012-10-17') {
    throw malformedPolicy('Policy document must be version 2012-10-17 or greater.');
  }
  const list = Array.isArray(root.Statement) ? root.Statement : [root.Statement];
  if (list.length === 0) throw syntaxError();
  const statements = list.map((statement) => parseStatement(statement, kind, resources));
  const sids = statements.flatMap(({ sid }) => (sid ? [sid] : []));
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  return { version, statements };
}

function parseRoot(text: string, kind: PolicyKind): Json {
  try {
    const root: unknown = parseJson(text);
    if (isObject(root)) return root;
  } catch {
    if (kind === 'trust') throw malformedPolicy('This policy contains invalid Json');
  }
  throw syntaxError();
}

function parseStatement(raw: unknown, kind: PolicyKind, resources: 'arn' | 'any'): PolicyStatement {
  if (!isObject(raw) || Object.keys(raw).some((element) => !STATEMENT.has(element))) throw syntaxError();
  const { Sid: sid, Effect: effect } = raw;
  if (sid !== undefined && typeof sid !== 'string') throw syntaxError();
  if (kind === 'identity' && sid && !/^[0-9A-Za-z]*$/.test(sid)) {
    throw malformedPolicy(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  if (kind !== 'identity' && effect === undefined) throw malformedPolicy('Missing required field Effect');
  // IAM takes `ALLOW` in the trust policies of roles.
  const read = EFFECTS.find((each) => each === effect || (kind === 'trust' && each.toLowerCase() === lower(effect)));
  if (read === undefined) throw syntaxError();
  return {
    sid,
    effect: read,
    principals: parsePrincipals(raw, kind, read),
    actions: parseActions(raw, kind),
    resources: parseResources(raw, kind, resources),
    conditions: parseConditions(raw.Condition),
  };
}

const EFFECTS = ['Allow', 'Deny'] as const;

const lower = (value: unknown): string => String(value).toLowerCase();

function parseActions(raw: Json, kind: PolicyKind): Names {
  const actions = names(raw, 'Action', 'NotAction');
  if (!actions || actions.values.length === 0) {
    throw malformedPolicy(
      kind === 'identity' ? 'Policy statement must contain actions.' : 'Missing required field Action',
    );
  }
  for (const action of actions.values) {
    if (kind === 'trust') {
      if (!ASSUME_ROLE_ACTION.test(action)) {
        throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
      }
    } else if (action !== '*') {
      const [vendor = '', ...rest] = action.split(':');
      if (rest.length === 0) {
        throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
      }
      if (rest.length > 1) throw malformedPolicy('Actions/Condition can contain only one colon.');
      if (!/^[a-zA-Z0-9.-]+$/.test(vendor)) throw malformedPolicy(`Vendor ${vendor} is not valid`);
    }
  }
  return actions;
}

function parseResources(raw: Json, kind: PolicyKind, admitted: 'arn' | 'any'): Names | undefined {
  const resources = names(raw, 'Resource', 'NotResource');
  if (kind === 'trust') {
    if (resources) throw malformedPolicy(`Has prohibited field ${resources.not ? 'NotResource' : 'Resource'}`);
    return undefined;
  }
  if (!resources || resources.values.length === 0) {
    throw malformedPolicy(
      kind === 'identity' ? 'Policy statement must contain resources.' : 'Missing required field Resource',
    );
  }
  if (admitted === 'any') return resources;
  for (const resource of resources.values) {
    if (resource !== '*' && !resource.startsWith('arn:') && !resource.startsWith('${')) {
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
  return resources;
}

function parsePrincipals(raw: Json, kind: PolicyKind, effect: string): Names<PolicyPrincipal> | undefined {
  const not = 'NotPrincipal' in raw;
  if (kind === 'identity') {
    if (not || 'Principal' in raw) throw malformedPolicy('Policy document should not specify a principal.');
    return undefined;
  }
  if (not && 'Principal' in raw) throw syntaxError();
  if (not && effect === 'Allow') throw malformedPolicy('Allow with NotPrincipal is not allowed.');
  if (not && kind === 'trust') throw malformedPolicy('AssumeRole policy must not contain NotPrincipal field.');
  const element = not ? raw.NotPrincipal : raw.Principal;
  if (element === undefined) throw malformedPolicy('Missing required field Principal');
  if (element === '*') return { not, values: [{ kind: 'AWS', value: '*' }] };
  if (!isObject(element)) throw syntaxError();
  const values = Object.entries(element).flatMap(([name, list]) => parsePrincipalList(name, list));
  if (values.length === 0) throw malformedPolicy('Missing required field Principal cannot be empty!');
  return { not, values };
}

function parsePrincipalList(kind: string, list: unknown): PolicyPrincipal[] {
  if (kind !== 'AWS' && kind !== 'Service' && kind !== 'Federated' && kind !== 'CanonicalUser') {
    throw malformedPolicy(`Invalid principal in policy: "${kind}"`);
  }
  return strings(list).map((value) => {
    if (kind === 'AWS' && !/^(\*|\d{12}|A[A-Z0-9]{15,}|arn:[^:]*:(iam|sts)::(\d{12}|aws|cloudfront):.+)$/.test(value)) {
      throw malformedPolicy(`Invalid principal in policy: "AWS":"${value}"`);
    }
    if (kind === 'Service' && !/^[a-z0-9.-]+\.[a-z]+(\.[a-z]+)*$/.test(value)) {
      throw malformedPolicy(`Invalid principal in policy: "SERVICE":"${value}"`);
    }
    return { kind, value };
  });
}

function parseConditions(raw: unknown): PolicyCondition[] {
  if (raw === undefined) return [];
  if (!isObject(raw)) throw syntaxError();
  return Object.entries(raw).flatMap(([operator, keys]) => {
    if (!isObject(keys) || !isConditionOperator(operator)) throw syntaxError();
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values: scalars(values) }));
  });
}

function names(raw: Json, element: string, notElement: string): Names | undefined {
  if (element in raw && notElement in raw) throw syntaxError();
  if (element in raw) return { not: false, values: strings(raw[element]) };
  if (notElement in raw) return { not: true, values: strings(raw[notElement]) };
  return undefined;
}

function strings(raw: unknown): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (!list.every((value) => typeof value === 'string')) throw syntaxError();
  return list;
}

function scalars(raw: unknown): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.map((value) => {
    if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number') throw syntaxError();
    return String(value);
  });
}
