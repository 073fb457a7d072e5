import { expect, test } from 'vitest';
import type { CloudEvent } from '../core/cloud.js';
import type { Service } from '../core/service.js';
import { createPolicyReview } from './policy-review.js';

const SERVICES = new Map([
  [
    'sqs',
    {
      operations: new Map([
        ['SendMessage', { access: [{ action: 'sqs:SendMessage', keys: ['aws:ResourceTag/*'] }] }],
        ['CreateQueue', { access: [{ action: 'sqs:CreateQueue', keys: ['aws:RequestTag/*'] }] }],
      ]),
    } as unknown as Service,
  ],
]);

function reviewed(statements: readonly object[], times = 1) {
  const events: CloudEvent[] = [];
  const review = createPolicyReview({ services: SERVICES, emit: (event) => events.push(event), now: () => 0 });
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  for (let n = 0; n < times; n++) review({ name: 'the inline policy Main of role app', text, kind: 'identity' });
  return events;
}

const statement = (Condition: object, more: object = {}) => ({
  Effect: 'Deny',
  Action: 'sqs:SendMessage',
  Resource: '*',
  Condition,
  ...more,
});

test('a Deny under a key that no request has is told, with its policy, statement and key', () => {
  const asked = statement({ NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } }, { Sid: 'NoMfa' });
  expect(reviewed([asked])).toEqual([
    {
      kind: 'policy',
      time: 0,
      policy: 'the inline policy Main of role app',
      statement: '"NoMfa"',
      effect: 'Deny',
      key: 'aws:MultiFactorAuthAge',
      holds: 'never',
    },
  ]);
});

test('it is told once for each version of a policy', () => {
  expect(reviewed([statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })], 3)).toHaveLength(1);
});

test.each<[operator: string, value: string, holds: string]>([
  ['StringEquals', 'a', 'never'],
  ['StringNotEquals', 'a', 'always'],
  ['StringEqualsIfExists', 'a', 'always'],
  ['ForAllValues:StringEquals', 'a', 'always'],
  ['ForAnyValue:StringEquals', 'a', 'never'],
  ['Null', 'true', 'always'],
  ['Null', 'false', 'never'],
])('%s with %s holds %s without its key', (operator, value, holds) => {
  expect(reviewed([statement({ [operator]: { 'aws:PrincipalOrgID': value } })])).toMatchObject([{ holds }]);
});

test('a key that some action of the statement has, a global one, and actions that are not here are not told', () => {
  expect(
    reviewed([
      statement({ StringEquals: { 'aws:resourcetag/team': 'a' } }),
      statement({ StringEquals: { 'aws:RequestTag/team': 'a' } }, { Action: 'sqs:*' }),
      statement({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
      statement({ StringEquals: { 'ec2:Region': 'eu-west-1' } }, { Action: 'ec2:*' }),
    ]),
  ).toEqual([]);
});

test('a key of another action is told', () => {
  expect(reviewed([statement({ StringEquals: { 'aws:RequestTag/team': 'a' } }, { Effect: 'Allow' })])).toMatchObject([
    { effect: 'Allow', key: 'aws:RequestTag/team', holds: 'never' },
  ]);
});
