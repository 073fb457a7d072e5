import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput } from '../input.js';
import { policyOutput } from '../output.js';
import { neededPolicy, policyUses } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const getPolicy = operation<IamState>()({
  name: 'GetPolicy',
  parse: policyInput,
  access: (row) => [policyAccess(row, 'GetPolicy')],
  handle: async ({ PolicyArn }, { account }, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const uses = await policyUses(identities, account);
    return { Policy: policyOutput(policy, uses(PolicyArn)) };
  },
});
