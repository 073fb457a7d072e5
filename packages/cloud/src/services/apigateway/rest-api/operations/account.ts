import { passRole } from '../../../../iam/index.js';
import { restOperation } from '../../api-operation.js';
import type { AccountRecord } from '../../api-store.js';
import { invalidPatch, readPatches } from '../../patch.js';
import { badRequest } from '../../refusal.js';

function accountOutput({ cloudwatchRoleArn }: AccountRecord) {
  return {
    cloudwatchRoleArn,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
}

export const getAccount = restOperation({
  name: 'GetAccount',
  handle: async (_input, call, store) => accountOutput(await store.account(call)),
});

export const updateAccount = restOperation({
  name: 'UpdateAccount',
  parse: ({ patchOperations }) => {
    const patches = readPatches(patchOperations);
    for (const patch of patches) {
      if (patch.path !== '/cloudwatchRoleArn') throw invalidPatch(patch, ['/cloudwatchRoleArn']);
      if (patch.op !== 'remove' && patch.value && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(patch.value)) {
        throw badRequest('The role ARN is not well formed');
      }
    }
    const last = patches.at(-1);
    return { changes: last !== undefined, roleArn: last?.op === 'remove' ? undefined : last?.value || undefined };
  },
  alsoNeeds: (row) => [
    passRole(row, {
      service: 'apigateway.amazonaws.com',
      roleOf: ({ roleArn }) => roleArn,
      store: ({ store }) => store,
    }),
  ],
  handle: async ({ changes, roleArn }, call, store) => {
    if (changes) await store.putAccount(call, { cloudwatchRoleArn: roleArn });
    return accountOutput(await store.account(call));
  },
});
