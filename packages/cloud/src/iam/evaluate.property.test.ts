import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { Principal } from '../core/principal.js';
import { callerOf } from './caller.js';
import { compilePolicy } from './compiled-policy.js';
import { evaluate } from './evaluate.js';
import {
  isAllowedPlainly,
  type PlainPolicies,
  type PlainPolicy,
  type PlainPrincipal,
  type PlainRequest,
  type PlainStatement,
} from './fixtures/plain-evaluator.js';
import type { PolicyKind } from './policy-document.js';

/** Sets of policies, and requests that each is asked for: 10,000 pairs. */
const SETS = propertyRuns(2_000);
const REQUESTS = 5;
const OWN = '123456789012';
const OTHER = '210987654321';
const ROLE = `arn:aws:iam::${OWN}:role/app`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/app/one`;

const oneOrMore = (...values: readonly string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...values), fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));

const ACTIONS = ['s3:GetObject', 's3:getobject', 's3:Put*', 's3:?etObject', 's3:*', 'sqs:*', '*'] as const;
const RESOURCES = [
  'arn:aws:s3:::b/k',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::?/k',
  'arn:aws:s3:::b/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::b/${aws:PrincipalTag/none, 'k'}",
  'arn:aws:s3:::b/${aws:PrincipalTag/none}*',
  'arn:aws:s3:::b/${*}',
  '*',
] as const;

/** Operators with the keys that they are for, and values of both. */
const CONDITIONS: readonly (readonly [readonly string[], string, readonly string[]])[] = [
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
    'aws:PrincipalTag/team',
    ['blue', 'BLUE', 'b*', '?lue', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/none}', '${*}'],
  ],
  [['StringEquals', 'StringNotEqualsIgnoreCase', 'StringLike'], 's3:prefix', ['', 'home/', 'HOME/', 'home/*']],
  [
    ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals', 'NumericLessThanEquals'],
    's3:max-keys',
    ['9', '10', '10.0', '100'],
  ],
  [
    ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThanEquals'],
    'aws:CurrentTime',
    ['2026-01-01T00:00:00Z', '1767225600', '2026-06-01T12:00:00Z'],
  ],
  [['Bool'], 'aws:SecureTransport', ['true', 'false', 'TRUE']],
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', ['10.0.0.0/8', '10.1.2.3', '10.1.2.0/25', '192.168.0.0/16']],
  [
    ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringEquals', 'StringLike', 'StringNotEquals'],
    'aws:PrincipalArn',
    [ROLE, `arn:aws:iam::${OWN}:role/*`, `arn:aws:iam::*:role/ap?`, `arn:aws:iam::${OTHER}:*`],
  ],
  [
    ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike'].flatMap((name) => [
      `ForAllValues:${name}`,
      `ForAnyValue:${name}`,
    ]),
    'aws:TagKeys',
    ['team', 'cost', 't*', '*'],
  ],
  [['Null'], 'aws:PrincipalTag/team', ['true', 'false']],
  [['Null'], 'aws:TagKeys', ['true', 'false']],
];

const condition = fc.constantFrom(...CONDITIONS).chain(([operators, key, values]) =>
  fc
    .record({
      operator: fc.constantFrom(...operators),
      // What IfExists means beside ForAnyValue is not in the User Guide.
      ifExists: fc.boolean(),
      values: oneOrMore(...values),
    })
    .map(({ operator, ifExists, values: wanted }) => {
      const plain = operator === 'Null' || operator.startsWith('For');
      return { [ifExists && !plain ? `${operator}IfExists` : operator]: { [key]: wanted } };
    }),
);

const PRINCIPALS: readonly NonNullable<PlainStatement['Principal']>[] = [
  '*',
  { AWS: '*' },
  { AWS: OWN },
  { AWS: `arn:aws:iam::${OWN}:root` },
  { AWS: `arn:aws:iam::${OTHER}:root` },
  { AWS: ROLE },
  { AWS: SESSION },
  { AWS: [ROLE, SESSION] },
  { AWS: [ROLE, '*'] },
  { AWS: [OWN, '*'] },
  { Service: 'sns.amazonaws.com' },
  { Service: ['sns.amazonaws.com', 'events.amazonaws.com'], AWS: ROLE },
];

const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
const conditions = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: condition });
const actions = fc.oneof(
  { weight: 5, arbitrary: oneOrMore(...ACTIONS).map((Action) => ({ Action })) },
  { weight: 1, arbitrary: oneOrMore(...ACTIONS).map((NotAction) => ({ NotAction })) },
);
const resources = fc.oneof(
  { weight: 5, arbitrary: oneOrMore(...RESOURCES).map((Resource) => ({ Resource })) },
  { weight: 1, arbitrary: oneOrMore(...RESOURCES).map((NotResource) => ({ NotResource })) },
);

const ownStatement = fc
  .tuple(effect, actions, resources, conditions)
  .map(([Effect, action, resource, Condition]): PlainStatement => ({ Effect, ...action, ...resource, Condition }));
const resourceStatement = fc
  .tuple(ownStatement, fc.constantFrom(...PRINCIPALS))
  .map(([statement, Principal]): PlainStatement => ({ ...statement, Principal }));
const trustStatement = fc
  .tuple(effect, fc.constantFrom(...PRINCIPALS), conditions)
  .map(
    ([Effect, Principal, Condition]): PlainStatement => ({ Effect, Principal, Action: 'sts:AssumeRole', Condition }),
  );

const policyOf = (statement: fc.Arbitrary<PlainStatement>): fc.Arbitrary<PlainPolicy> =>
  fc.array(statement, { minLength: 1, maxLength: 3 });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const principal = fc.constantFrom<PlainPrincipal>(
  { kind: 'session', account: OWN, role: 'app', session: 'one' },
  { kind: 'session', account: OWN, role: 'app', session: 'one' },
  { kind: 'session', account: OWN, role: 'app', session: 'two' },
  { kind: 'root', account: OWN },
  { kind: 'service', service: 'sns.amazonaws.com' },
);

/** The product's principal, and the keys that the request has of it. */
function asPrincipal(plain: PlainPrincipal): Principal {
  if (plain.kind === 'root') return plain;
  if (plain.kind === 'service') return { ...plain, account: OWN };
  const { account, role, session } = plain;
  return { kind: 'assumedRole', account, roleName: role, roleArn: ROLE, roleId: 'AROAEXAMPLE', sessionName: session };
}

const someOf = fc.record(
  {
    'aws:principaltag/team': fc.constantFrom('blue', 'BLUE', '*', 'red'),
    's3:prefix': fc.constantFrom('', 'home/', 'home/x'),
    's3:max-keys': fc.constantFrom('9', '10', '1000'),
    'aws:currenttime': fc.constantFrom('2026-01-01T00:00:00Z', '2026-12-01T00:00:00Z'),
    'aws:securetransport': fc.constantFrom('true', 'false'),
    'aws:sourceip': fc.constantFrom('10.1.2.3', '10.1.2.200', '192.168.1.1', '127.0.0.1'),
    'aws:tagkeys': fc.subarray(['team', 'cost', 'x']),
  },
  { requiredKeys: [] },
);

interface Comparison {
  readonly requests: readonly PlainRequest[];
  readonly policies: PlainPolicies;
}

const requestOf = (trust: boolean) =>
  fc.record({
    owner: fc.constantFrom(OWN, OWN, OWN, OTHER),
    some: someOf,
    action: trust ? fc.constant('sts:AssumeRole') : fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage'),
    resource: trust
      ? fc.constant(`arn:aws:iam::${OWN}:role/target`)
      : fc.constantFrom('arn:aws:s3:::b/k', 'arn:aws:s3:::b/blue/x', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c'),
  });

const comparison = fc.boolean().chain((trust) =>
  fc
    .record({
      principal,
      asked: fc.array(requestOf(trust), { minLength: REQUESTS, maxLength: REQUESTS }),
      identity: fc.array(policyOf(ownStatement), { maxLength: 2 }),
      boundary: maybe(policyOf(ownStatement)),
      session: maybe(policyOf(ownStatement)),
      resource: trust ? policyOf(trustStatement) : maybe(policyOf(resourceStatement)),
    })
    .map(({ principal: by, asked, identity, boundary, session, resource }): Comparison => {
      const { identityArn } = callerOf(asPrincipal(by));
      const requests = asked.map(({ some, ...request }) => ({
        ...request,
        principal: by,
        context: { ...some, ...(identityArn !== undefined && { 'aws:principalarn': identityArn }) },
      }));
      // Only sessions have boundaries and session policies, and a service has no policies of its own.
      const own = by.kind === 'session' ? { identity, boundary, session } : { identity: [] };
      return { requests, policies: { ...own, resource, trust } };
    }),
);

function compiled(policy: PlainPolicy, kind: PolicyKind) {
  return compilePolicy('p', JSON.stringify({ Version: '2012-10-17', Statement: policy }), kind);
}

/** The product's decision of each request. */
function decisions({ requests, policies }: Comparison): readonly boolean[] {
  const { identity, boundary, session, resource: resourcePolicy, trust } = policies;
  const inForce = {
    identity: identity.map((each) => compiled(each, 'identity')),
    ...(boundary && { boundary: compiled(boundary, 'identity') }),
    ...(session && { session: [compiled(session, 'identity')] }),
    ...(resourcePolicy && { resource: compiled(resourcePolicy, trust ? 'trust' : 'resource') }),
    trust,
  };
  return requests.map(({ principal: plain, action, resource, context, owner }) => {
    const by = asPrincipal(plain);
    const values = (key: string) => context[key];
    return evaluate(
      { action, actionKey: action.toLowerCase(), resource, caller: callerOf(by), values },
      { ...inForce, sameAccount: by.account === owner },
    ).allowed;
  });
}

test('random requests are decided as the sentences of the User Guide decide them', () => {
  let allowed = 0;
  fc.assert(
    fc.property(comparison, (each) => {
      const expected = each.requests.map((request) => isAllowedPlainly(request, each.policies));
      allowed += expected.filter(Boolean).length;
      expect(decisions(each)).toEqual(expected);
    }),
    { numRuns: SETS },
  );
  // A comparison of refusals alone would show little.
  expect(allowed).toBeGreaterThan((SETS * REQUESTS) / 20);
});
