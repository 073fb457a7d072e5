import { keyArn, parseKeyId } from '../key-id.js';
import { checkPolicy } from '../key-policy.js';
import { refusePendingDeletion } from '../key-state.js';
import { notFound } from '../kms-error.js';
import { kmsOperation, onKey } from '../service-state.js';

const NAME = 'default';

/** @throws AwsError NotFoundException: a key has one policy, of this name */
function checkName(name: string): void {
  if (name !== NAME) throw notFound('No such policy exists');
}

export const getKeyPolicy = kmsOperation({
  name: 'GetKeyPolicy',
  limits: { KeyId: { min: 1, max: 2048 }, PolicyName: { min: 1, max: 128 } },
  parse: ({ KeyId, PolicyName = NAME }, scope) => {
    checkName(PolicyName);
    return { key: parseKeyId(KeyId, scope) };
  },
  access: (row) => [onKey(row, 'GetKeyPolicy')],
  handle: async ({ key }, _call, { keys }) => ({ Policy: (await keys.get(key)).policy, PolicyName: NAME }),
});

export const putKeyPolicy = kmsOperation({
  name: 'PutKeyPolicy',
  limits: { KeyId: { min: 1, max: 2048 }, Policy: { min: 1, max: 131_072 } },
  parse: ({ KeyId, PolicyName = NAME, Policy: policy, BypassPolicyLockoutSafetyCheck: bypasses = false }, scope) => {
    checkName(PolicyName);
    checkPolicy(policy, bypasses);
    return { key: parseKeyId(KeyId, scope), policy, bypasses };
  },
  access: (row) => [
    onKey(row, 'PutKeyPolicy', { 'kms:BypassPolicyLockoutSafetyCheck': ({ input }) => String(input.bypasses) }),
  ],
  handle: async ({ key, policy }, _call, { keys, context }) => {
    const record = await keys.change(key, (before) => {
      refusePendingDeletion(before);
      return { ...before, policy };
    });
    context.reviewPolicy({ name: `the policy of ${keyArn(record)}`, text: policy, kind: 'resource' });
  },
});

export const listKeyPolicies = kmsOperation({
  name: 'ListKeyPolicies',
  limits: { KeyId: { min: 1, max: 2048 }, Limit: { min: 1, max: 1000 } },
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'ListKeyPolicies')],
  handle: async ({ key }, _call, { keys }) => {
    await keys.get(key);
    return { PolicyNames: [NAME], Truncated: false };
  },
});
