import { expect, test } from 'vitest';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.js';
import { compilePolicy } from './compiled-policy.js';

const documentOf = (arn: string) => AWS_MANAGED_POLICIES.get(arn)?.versions[0]?.document ?? '';

test('every managed policy of AWS is one that IAM would take', () => {
  const all = AWS_MANAGED_POLICIES.values();
  expect(all.length).toBeGreaterThan(1400);
  for (const { arn, versions } of all) {
    const statements = versions.flatMap(({ document }) => compilePolicy(arn, document, 'identity').statements);
    expect(statements.length, arn).toBeGreaterThan(0);
  }
});

test('a policy with a path is found by its ARN', () => {
  const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  expect(AWS_MANAGED_POLICIES.get(arn)).toMatchObject({
    arn,
    path: '/service-role/',
    name: 'AWSLambdaBasicExecutionRole',
    defaultVersion: 'v1',
  });
  expect(documentOf(arn)).toContain('logs:PutLogEvents');
});

test.each(['aws-cn', 'aws-us-gov'])('the partition %s has the policies of AWS', (partition) => {
  const arn = `arn:${partition}:iam::aws:policy/ReadOnlyAccess`;
  expect(AWS_MANAGED_POLICIES.get(arn)?.arn).toBe(arn);
});

test('a name that AWS has no policy of is none', () => {
  expect(AWS_MANAGED_POLICIES.get('arn:aws:iam::aws:policy/Administrator')).toBeUndefined();
  expect(AWS_MANAGED_POLICIES.get('arn:aws:iam::aws:policy/name')).toBeUndefined();
});
