import { defined } from '../../../core/defined.js';
import { namedAccess, policyUrlKey } from './access.js';
import { findStack } from './find-stack.js';
import { parsePolicySource, readStackPolicy } from './stack-policy-source.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const setStackPolicy = cloudFormationOperation({
  name: 'SetStackPolicy',
  parse: (input) => ({ name: input.StackName, policy: parsePolicySource(input) }),
  access: (row) => [namedAccess(row, 'SetStackPolicy', policyUrlKey)],
  handle: async ({ name, policy: source }, call, state) => {
    const policy = await readStackPolicy(source, call, state);
    const found = await findStack(name, call, state);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(found.id, call, state);
      await storeOf(state, call).save({ ...stack, ...defined({ policy }) });
    });
  },
});

export const getStackPolicy = cloudFormationOperation({
  name: 'GetStackPolicy',
  parse: ({ StackName }) => ({ name: StackName }),
  access: (row) => [namedAccess(row, 'GetStackPolicy')],
  handle: async ({ name }, call, state) => {
    const { policy, operation } = await findStack(name, call, state);
    // An update may have a policy of its own, which is the stack's until it ends.
    return { StackPolicyBody: operation?.policy ?? policy };
  },
});
