import { anyAccess } from './access.js';
import { page } from './page.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listExports = cloudFormationOperation({
  name: 'ListExports',
  parse: ({ NextToken }) => ({ token: NextToken }),
  access: (row) => [anyAccess(row, 'ListExports')],
  handle: async ({ token }, call, state) => {
    const { items, nextToken } = page(await storeOf(state, call).exports(), token, ['ListExports']);
    return {
      Exports: items.map(({ stackId, name, value }) => ({ ExportingStackId: stackId, Name: name, Value: value })),
      NextToken: nextToken,
    };
  },
});
