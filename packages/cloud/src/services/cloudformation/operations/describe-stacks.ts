import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { page } from './page.js';
import { shownStack } from './show-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const describeStacks = cloudFormationOperation({
  name: 'DescribeStacks',
  parse: (input) => ({ name: input.StackName, token: input.NextToken }),
  access: (row) => [namedAccess(row, 'DescribeStacks')],
  handle: async ({ name, token }, call, state) => {
    if (name !== undefined) return { Stacks: [shownStack(await findStack(name, call, state), state.cloud)] };
    const stacks = (await storeOf(state, call).stacks()).filter(({ status }) => status !== 'DELETE_COMPLETE');
    const { items, nextToken } = page(
      stacks.sort((a, b) => b.created - a.created),
      token,
      ['DescribeStacks'],
    );
    return { Stacks: items.map((stack) => shownStack(stack, state.cloud)), NextToken: nextToken };
  },
});
