import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { page } from './page.js';
import { shownEvent } from './show-event.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const describeStackEvents = cloudFormationOperation({
  name: 'DescribeStackEvents',
  parse: (input) => ({ name: input.StackName, token: input.NextToken }),
  access: (row) => [namedAccess(row, 'DescribeStackEvents')],
  handle: async ({ name, token }, call, state) => {
    const stack = await findStack(name, call, state, () => `Stack [${name}] does not exist`);
    const { items, nextToken } = page(await storeOf(state, call).events(stack.id), token, [
      'DescribeStackEvents',
      name,
    ]);
    return { StackEvents: items.map(shownEvent), NextToken: nextToken };
  },
});
