import { describe, expect, test } from 'vitest';
import type { Principal } from '../core/principal.js';
import { callerOf } from './caller.js';
import { compilePolicy } from './compiled-policy.js';
import { type Evaluation, evaluate } from './evaluate.js';
import type { PolicyKind } from './policy-document.js';

const ACCOUNT = '123456789012';
const OTHER = '210987654321';
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/users`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`;

const role: Principal = {
  kind: 'assumedRole',
  account: ACCOUNT,
  roleName: 'app',
  roleArn: ROLE,
  roleId: 'AROAEXAMPLE',
  sessionName: 'one',
};
const root: Principal = { kind: 'root', account: ACCOUNT };
const otherRoot: Principal = { kind: 'root', account: OTHER };
const gateway: Principal = {
  kind: 'service',
  account: ACCOUNT,
  service: 'apigateway.amazonaws.com',
  sourceArn: `arn:aws:execute-api:eu-west-1:${ACCOUNT}:abc/v1/GET/`,
};

type Statement = Readonly<Record<string, unknown>>;

interface Case {
  readonly by?: Principal;
  readonly action?: string;
  readonly resource?: string;
  readonly identity?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly session?: readonly Statement[];
  readonly policy?: readonly Statement[];
  readonly trust?: readonly Statement[];
  readonly values?: Readonly<Record<string, string>>;
}

function compile(name: string, statements: readonly Statement[], kind: PolicyKind) {
  return compilePolicy(name, JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
}

function decide({ by = role, action = 'dynamodb:PutItem', resource = TABLE, ...policies }: Case): Evaluation {
  const { identity, boundary, session, policy, trust, values = {} } = policies;
  const account = resource.split(':')[4] || ACCOUNT;
  return evaluate(
    { action, actionKey: action.toLowerCase(), resource, caller: callerOf(by), values: (key) => values[key] },
    {
      identity: identity ? [compile('identity', identity, 'identity')] : [],
      ...(boundary && { boundary: compile('boundary', boundary, 'identity') }),
      ...(session && { session: [compile('session', session, 'identity')] }),
      ...(policy && { resource: compile('policy', policy, 'resource') }),
      ...(trust && { resource: compile('trust', trust, 'trust') }),
      trust: trust !== undefined,
      sameAccount: by.account === account,
    },
  );
}

const allow = (action: string, resource: string = TABLE, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const deny = (action: string, more: Statement = {}): Statement => ({ ...allow(action, '*', more), Effect: 'Deny' });
const granting = (principal: unknown, more: Statement = {}): Statement => ({
  ...allow('dynamodb:*', '*', more),
  Principal: principal,
});
const trusting = (principal: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: principal,
  ...more,
});

const allowed = { allowed: true };
const noneIn = (layer: string) => ({ allowed: false, layer });
const deniedIn = (layer: string) => ({ allowed: false, layer, deniedBy: expect.anything() });

describe('identity policies', () => {
  test.each<[name: string, request: Case, expected: object]>([
    ['nothing attached', {}, noneIn('identity-based policy')],
    ['the action allowed', { identity: [allow('dynamodb:PutItem')] }, allowed],
    ['another action allowed', { identity: [allow('dynamodb:GetItem')] }, noneIn('identity-based policy')],
    ['an action in other case', { identity: [allow('DynamoDB:putitem')] }, allowed],
    ['a wildcard in the action', { identity: [allow('dynamodb:Put*')] }, allowed],
    ['another table', { identity: [allow('dynamodb:*', `${TABLE}2`)] }, noneIn('identity-based policy')],
    [
      'the indexes of the table only',
      { identity: [allow('dynamodb:*', `${TABLE}/index/*`)] },
      noneIn('identity-based policy'),
    ],
    [
      'a wildcard in the region',
      { identity: [allow('dynamodb:*', `arn:aws:dynamodb:*:${ACCOUNT}:table/users`)] },
      allowed,
    ],
    [
      'an explicit deny beside an allow',
      { identity: [allow('*', '*'), deny('dynamodb:Put*')] },
      deniedIn('identity-based policy'),
    ],
    ['NotAction', { identity: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }, allowed],
    [
      'NotAction of the action',
      { identity: [{ Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' }] },
      noneIn('identity-based policy'),
    ],
    ['NotResource', { identity: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' }] }, allowed],
    [
      'NotResource of the table',
      { identity: [{ Effect: 'Allow', Action: '*', NotResource: TABLE }] },
      noneIn('identity-based policy'),
    ],
    [
      'an action without resource and a policy on a resource',
      { action: 'dynamodb:ListTables', resource: '*', identity: [allow('dynamodb:*')] },
      noneIn('identity-based policy'),
    ],
    [
      'a condition that holds',
      {
        identity: [allow('*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
        values: { 'aws:requestedregion': 'eu-west-1' },
      },
      allowed,
    ],
    [
      'one of two conditions that does not hold',
      { identity: [allow('*', '*', { Condition: { StringEquals: { a: '1', b: '2' } } })], values: { a: '1', b: '3' } },
      noneIn('identity-based policy'),
    ],
    [
      'a variable in the resource',
      {
        identity: [allow('*', `arn:aws:dynamodb:*:*:table/$` + '{aws:PrincipalTag/table}')],
        values: { 'aws:principaltag/table': 'users' },
      },
      allowed,
    ],
    [
      'a variable without value',
      { identity: [allow('*', `arn:aws:dynamodb:*:*:table/$` + '{aws:PrincipalTag/table}')] },
      noneIn('identity-based policy'),
    ],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toEqual(expected);
  });
});

describe('boundaries and session policies', () => {
  const principalArn = { 'aws:principalarn': ROLE };
  const toArn = (operator = 'ArnEquals', arn = ROLE) => ({
    ...granting('*'),
    Condition: { [operator]: { 'aws:PrincipalArn': arn } },
  });
  const identity = [allow('dynamodb:*')];
  test.each<[name: string, request: Case, expected: object]>([
    ['a boundary that allows', { identity, boundary: [allow('*', '*')] }, allowed],
    ['a boundary that does not', { identity, boundary: [allow('s3:*', '*')] }, noneIn('permissions boundary')],
    ['a boundary alone gives nothing', { boundary: [allow('*', '*')] }, noneIn('identity-based policy')],
    [
      'a boundary that denies',
      { identity, boundary: [allow('*', '*'), deny('dynamodb:*')] },
      deniedIn('permissions boundary'),
    ],
    ['a session policy that allows', { identity, session: [allow('dynamodb:PutItem')] }, allowed],
    ['a session policy that does not', { identity, session: [allow('dynamodb:GetItem')] }, noneIn('session policy')],
    ['a session policy that denies', { identity, session: [allow('*', '*'), deny('*')] }, deniedIn('session policy')],
    [
      'the resource names the role, capped by the boundary',
      { policy: [granting({ AWS: ROLE })], boundary: [allow('s3:*', '*')] },
      noneIn('permissions boundary'),
    ],
    [
      'the resource names the session, capped by nothing',
      { policy: [granting({ AWS: SESSION })], boundary: [allow('s3:*', '*')] },
      allowed,
    ],
    [
      'the resource names the role beside everybody of one ARN, capped by nothing',
      {
        policy: [{ ...toArn(), Principal: { AWS: [ROLE, '*'] } }],
        boundary: [allow('s3:*', '*')],
        values: principalArn,
      },
      allowed,
    ],
    [
      'the resource names everybody of one ARN, capped by nothing',
      { policy: [toArn()], boundary: [allow('s3:*', '*')], session: [allow('s3:*', '*')], values: principalArn },
      allowed,
    ],
    [
      'the resource names everybody of one ARN, and the boundary denies',
      { policy: [toArn()], boundary: [deny('*')], values: principalArn },
      deniedIn('permissions boundary'),
    ],
    [
      'the resource names everybody, capped by the boundary',
      { policy: [granting('*')], boundary: [allow('s3:*', '*')], values: principalArn },
      noneIn('permissions boundary'),
    ],
    [
      'the resource names everybody but one ARN, capped by the boundary',
      { policy: [toArn('ArnNotEquals', OTHER)], boundary: [allow('s3:*', '*')], values: principalArn },
      noneIn('permissions boundary'),
    ],
    [
      'the resource names everybody of one ARN if there is an ARN, capped by the boundary',
      { policy: [toArn('ArnEqualsIfExists')], boundary: [allow('s3:*', '*')], values: principalArn },
      noneIn('permissions boundary'),
    ],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toEqual(expected);
  });
});

describe('resource policies', () => {
  test.each<[name: string, request: Case, expected: object]>([
    ['naming the role, in one account, are enough', { policy: [granting({ AWS: ROLE })] }, allowed],
    ['naming everyone, in one account, are enough', { policy: [granting('*')] }, allowed],
    [
      'naming the account leave it to the caller',
      { policy: [granting({ AWS: ACCOUNT })] },
      noneIn('identity-based policy'),
    ],
    ['naming another role are not', { policy: [granting({ AWS: `${ROLE}2` })] }, noneIn('identity-based policy')],
    [
      'that deny win over identity policies',
      { identity: [allow('*', '*')], policy: [{ ...granting('*'), Effect: 'Deny' }] },
      deniedIn('resource-based policy'),
    ],
    [
      'that deny bind the root too',
      { by: root, policy: [{ ...granting('*'), Effect: 'Deny' }] },
      deniedIn('resource-based policy'),
    ],
    [
      'across accounts need the caller to allow',
      { by: { ...role, account: OTHER }, policy: [granting({ AWS: OTHER })] },
      noneIn('identity-based policy'),
    ],
    [
      'across accounts have to allow',
      { by: { ...role, account: OTHER }, identity: [allow('*', '*')] },
      noneIn('resource-based policy'),
    ],
    [
      'across accounts with both sides',
      { by: { ...role, account: OTHER }, identity: [allow('*', '*')], policy: [granting({ AWS: OTHER })] },
      allowed,
    ],
    [
      'across accounts for a root',
      { by: otherRoot, policy: [granting({ AWS: `arn:aws:iam::${OTHER}:root` })] },
      allowed,
    ],
    [
      'NotPrincipal with Deny spares who is listed in every form',
      {
        identity: [allow('*', '*')],
        policy: [{ Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: [ROLE, SESSION, ACCOUNT] } }],
      },
      allowed,
    ],
    [
      'NotPrincipal with Deny does not spare a role listed without its account',
      {
        identity: [allow('*', '*')],
        policy: [{ Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: [ROLE] } }],
      },
      deniedIn('resource-based policy'),
    ],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toEqual(expected);
  });
});

describe('the root of an account', () => {
  test('may do everything in it', () => {
    expect(decide({ by: root })).toEqual(allowed);
  });
  test('may do nothing in another account that does not say so', () => {
    expect(decide({ by: otherRoot })).toEqual(noneIn('resource-based policy'));
  });
});

describe('services', () => {
  const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:api`;
  const invoke = { by: gateway, action: 'lambda:InvokeFunction', resource: FUNCTION };
  const permission = (sourceArn: string) => ({
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: FUNCTION,
    Principal: { Service: 'apigateway.amazonaws.com' },
    Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } },
  });
  const values = { 'aws:sourcearn': `arn:aws:execute-api:eu-west-1:${ACCOUNT}:abc/v1/GET/` };

  test.each<[name: string, request: Case, expected: object]>([
    ['need a resource policy', invoke, noneIn('resource-based policy')],
    [
      'are allowed by one that names them',
      { ...invoke, values, policy: [permission(`arn:aws:execute-api:eu-west-1:${ACCOUNT}:abc/*`)] },
      allowed,
    ],
    [
      'are bound to the source',
      { ...invoke, values, policy: [permission(`arn:aws:execute-api:eu-west-1:${ACCOUNT}:other/*`)] },
      noneIn('resource-based policy'),
    ],
    [
      'gain nothing from the account being named',
      { ...invoke, policy: [{ ...permission('*'), Principal: { AWS: ACCOUNT }, Condition: {} }] },
      noneIn('resource-based policy'),
    ],
    [
      'gain nothing from another service being named',
      { ...invoke, policy: [{ ...permission('*'), Principal: { Service: 'sns.amazonaws.com' }, Condition: {} }] },
      noneIn('resource-based policy'),
    ],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toEqual(expected);
  });
});

describe('trust policies', () => {
  const assume = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/target` };
  const identity = [allow('sts:AssumeRole', '*')];
  test.each<[name: string, request: Case, expected: object]>([
    [
      'have to name the caller, whatever it may do',
      { ...assume, identity, trust: [trusting({ Service: 'lambda.amazonaws.com' })] },
      noneIn('role trust policy'),
    ],
    [
      'naming the account need the permission of the caller',
      { ...assume, trust: [trusting({ AWS: ACCOUNT })] },
      noneIn('identity-based policy'),
    ],
    [
      'naming the account serve who has the permission',
      { ...assume, identity, trust: [trusting({ AWS: ACCOUNT })] },
      allowed,
    ],
    ['naming the account serve its root', { ...assume, by: root, trust: [trusting({ AWS: ACCOUNT })] }, allowed],
    ['naming the role are enough in one account', { ...assume, trust: [trusting({ AWS: ROLE })] }, allowed],
    [
      'bind the root too',
      { ...assume, by: root, trust: [trusting({ Service: 'lambda.amazonaws.com' })] },
      noneIn('role trust policy'),
    ],
    [
      'that deny win',
      { ...assume, identity, trust: [trusting({ AWS: ROLE }), { ...trusting('*'), Effect: 'Deny' }] },
      deniedIn('role trust policy'),
    ],
    [
      'of another account need both sides',
      { ...assume, by: { ...role, account: OTHER }, trust: [trusting({ AWS: ROLE })] },
      noneIn('identity-based policy'),
    ],
    [
      'of another account serve its root when they name it',
      { ...assume, by: otherRoot, trust: [trusting({ AWS: OTHER })] },
      allowed,
    ],
    [
      'serve the service that they name',
      {
        ...assume,
        by: { ...gateway, service: 'lambda.amazonaws.com' },
        trust: [trusting({ Service: 'lambda.amazonaws.com' })],
      },
      allowed,
    ],
    [
      'may ask for an external id',
      {
        ...assume,
        by: root,
        trust: [trusting({ AWS: ACCOUNT }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
      },
      noneIn('role trust policy'),
    ],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toEqual(expected);
  });
});
