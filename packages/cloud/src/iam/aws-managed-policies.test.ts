import { expect, test } from 'vitest';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.js';
import { compilePolicy } from './compiled-policy.js';

test.each([...AWS_MANAGED_POLICIES.values()].map((policy) => [policy.arn, policy] as const))(
  '%s is a policy that IAM would take',
  (arn, policy) => {
    const version = policy.versions.find(({ id }) => id === policy.defaultVersion);
    expect(compilePolicy(arn, version?.document ?? '', 'identity').statements.length).toBeGreaterThan(0);
    expect(AWS_MANAGED_POLICIES.get(arn)).toBe(policy);
    expect(policy.arn).toBe(`arn:aws:iam::aws:policy${policy.path}${policy.name}`);
  },
);
