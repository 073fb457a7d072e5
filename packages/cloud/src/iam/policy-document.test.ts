import { expect, test } from 'vitest';
import { type PolicyKind, parsePolicy } from './policy-document.js';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const document = (statement: unknown, version: string | undefined = '2012-10-17') =>
  JSON.stringify({ Version: version, Statement: statement });

test.each<[kind: PolicyKind, text: string, message: string]>([
  ['identity', '{', 'Syntax errors in policy.'],
  ['trust', '{', 'This policy contains invalid Json'],
  ['identity', '[]', 'Syntax errors in policy.'],
  ['identity', document(allow, '2020-01-01'), 'Syntax errors in policy.'],
  ['identity', document(allow, '2008-10-17'), 'Policy document must be version 2012-10-17 or greater.'],
  ['identity', JSON.stringify({ Statement: allow }), 'Policy document must be version 2012-10-17 or greater.'],
  ['identity', document([]), 'Syntax errors in policy.'],
  ['identity', document({ ...allow, Efect: 'Allow' }), 'Syntax errors in policy.'],
  ['identity', document({ ...allow, Effect: 'allow' }), 'Syntax errors in policy.'],
  ['identity', document({ ...allow, NotAction: 's3:*' }), 'Syntax errors in policy.'],
  ['identity', document({ ...allow, Condition: { StringEqual: { a: 'b' } } }), 'Syntax errors in policy.'],
  ['identity', document({ ...allow, Action: undefined }), 'Policy statement must contain actions.'],
  ['identity', document({ ...allow, Action: [] }), 'Policy statement must contain actions.'],
  ['identity', document({ ...allow, Resource: undefined }), 'Policy statement must contain resources.'],
  ['identity', document({ ...allow, Resource: 'table' }), 'Resource table must be in ARN format or "*".'],
  ['identity', document({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
  [
    'identity',
    document({ ...allow, Action: 'GetObject' }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  ['identity', document({ ...allow, Action: 's3:Get:Object' }), 'Actions/Condition can contain only one colon.'],
  ['identity', document({ ...allow, Action: 's_3:Get' }), 'Vendor s_3 is not valid'],
  [
    'identity',
    document([
      { ...allow, Sid: 'A' },
      { ...allow, Sid: 'A' },
    ]),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  ['trust', document({ ...trust, Principal: undefined }), 'Missing required field Principal'],
  ['trust', document({ ...trust, Principal: {} }), 'Missing required field Principal cannot be empty!'],
  ['trust', document({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
  ['trust', document({ ...trust, Action: '*' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
  ['trust', document({ ...trust, Principal: { AWS: 'me' } }), 'Invalid principal in policy: "AWS":"me"'],
  [
    'trust',
    document({ ...trust, Principal: { Service: 'lambda' } }),
    'Invalid principal in policy: "SERVICE":"lambda"',
  ],
])('%s policy %s is refused: %s', (kind, text, message) => {
  expect(() => parsePolicy(text, kind)).toThrow(
    expect.objectContaining({ code: 'MalformedPolicyDocument', message, status: 400 }),
  );
});

test('a policy that CDK writes is read whole', () => {
  const text = document([
    {
      Sid: 'Own',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/users',
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['john'] },
        Bool: { 'aws:SecureTransport': true },
      },
    },
  ]);
  expect(parsePolicy(text, 'identity').statements).toEqual([
    {
      sid: 'Own',
      effect: 'Allow',
      actions: { not: false, values: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
      resources: { not: false, values: ['arn:aws:dynamodb:eu-west-1:123456789012:table/users'] },
      principals: undefined,
      conditions: [
        { operator: 'ForAllValues:StringEquals', key: 'dynamodb:LeadingKeys', values: ['john'] },
        { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
      ],
    },
  ]);
});

test("a trust policy's effect may be in capitals, as IAM takes it", () => {
  expect(parsePolicy(document({ ...trust, Effect: 'ALLOW' }), 'trust').statements[0]?.effect).toBe('Allow');
});

test('one statement may stand without a list, and a trust policy without a version', () => {
  const { version, statements } = parsePolicy(JSON.stringify({ Statement: trust }), 'trust');
  expect(version).toBe('2008-10-17');
  expect(statements).toHaveLength(1);
});
