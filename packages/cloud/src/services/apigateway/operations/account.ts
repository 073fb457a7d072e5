import { membersOf } from '../../../core/members.js';
import { passRole } from '../../../iam/index.js';
import type { AccountRecord } from '../api-store.js';
import { invalidPatch, readPatches } from '../patch.js';
import { badRequest } from '../refusal.js';
import { restOperation } from '../rest-operation.js';

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
  http: { method: 'GET', path: '/account' },
  parse: () => ({}),
  handle: async (_input, call, store) => accountOutput(await store.account(call)),
});

export const updateAccount = restOperation({
  name: 'UpdateAccount',
  http: { method: 'PATCH', path: '/account' },
  parse: (raw) => {
    const patches = readPatches(membersOf(raw));
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
    if (changes) await store.putAccount(call, roleArn === undefined ? {} : { cloudwatchRoleArn: roleArn });
    return accountOutput(await store.account(call));
  },
});
