import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import { AwsError } from '../core/aws-error.js';
import { callerOf } from './caller.js';
import { type CompiledPolicy, compilePolicy, type PolicyRequest } from './compiled-policy.js';
import { evaluate, type PoliciesInForce } from './evaluate.js';
import { type PolicyKind, parsePolicy } from './policy-document.js';

const ACCOUNT = '123456789012';
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:*', 'dynamodb:GetItem', '*'];
const RESOURCES = ['arn:aws:s3:::b/k', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c', '*'];

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.array(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 3 }),
  Resource: fc.array(fc.constantFrom(...RESOURCES), { minLength: 1, maxLength: 2 }),
});
const statements = fc.array(statement, { minLength: 1, maxLength: 5 });
type Statements = readonly { Effect: string; Action: string[]; Resource: string[] }[];

const compiled = (list: Statements): CompiledPolicy =>
  compilePolicy('p', JSON.stringify({ Version: '2012-10-17', Statement: list }), 'identity');

const request = fc
  .record({
    action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'dynamodb:GetItem'),
    resource: fc.constantFrom('arn:aws:s3:::b/k', 'arn:aws:s3:::b/j', 'arn:aws:s3:::c'),
  })
  .map(
    ({ action, resource }): PolicyRequest => ({
      action,
      resource,
      actionKey: action.toLowerCase(),
      caller: callerOf({
        kind: 'assumedRole',
        account: ACCOUNT,
        roleName: 'r',
        roleArn: 'a',
        roleId: 'i',
        sessionName: 's',
      }),
      values: () => undefined,
    }),
  );

const decide = (asked: PolicyRequest, policies: Partial<PoliciesInForce>) =>
  evaluate(asked, { identity: [], trust: false, sameAccount: true, ...policies }).allowed;

/** The rule in one line: something allows, nothing denies. */
function plainly(list: Statements, { action, resource }: PolicyRequest): boolean {
  const fits = (patterns: readonly string[], text: string) =>
    patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
  const applying = list.filter(({ Action, Resource }) => fits(Action, action) && fits(Resource, resource));
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}

test('identity policies decide as the obvious rule does, in any order and spread over any number of policies', () => {
  fc.assert(
    fc.property(statements, request, (list, asked) => {
      const expected = plainly(list, asked);
      expect(decide(asked, { identity: [compiled(list)] })).toBe(expected);
      expect(decide(asked, { identity: list.toReversed().map((one) => compiled([one])) })).toBe(expected);
    }),
  );
});

test('a boundary or a session policy never widens what a role may do', () => {
  fc.assert(
    fc.property(statements, statements, request, (list, cap, asked) => {
      const without = decide(asked, { identity: [compiled(list)] });
      const both = plainly(list, asked) && plainly(cap, asked);
      expect(decide(asked, { identity: [compiled(list)], boundary: compiled(cap) })).toBe(both);
      expect(decide(asked, { identity: [compiled(list)], session: [compiled(cap)] })).toBe(both);
      if (!without) expect(both).toBe(false);
    }),
  );
});

test('any text is a policy or a MalformedPolicyDocument, nothing else', () => {
  const kinds = fc.constantFrom<PolicyKind>('identity', 'resource', 'trust');
  const keys = fc.constantFrom(
    'Version',
    'Statement',
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'Principal',
    'Condition',
    'Sid',
    '__proto__',
  );
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.constantFrom('Allow', '*', '2012-10-17', 's3:Get', 'StringEquals', '', 1, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(keys, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
  fc.assert(
    fc.property(kinds, values, fc.boolean(), (kind, value, wrapped) => {
      const text = JSON.stringify(wrapped ? { Version: '2012-10-17', Statement: value } : value) ?? '';
      try {
        parsePolicy(text, kind);
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
        expect(error).toMatchObject({ code: 'MalformedPolicyDocument' });
      }
    }),
    { numRuns: propertyRuns(2000) },
  );
});
