import { validationError } from '../template/template-error.js';
import { anyAccess } from './access.js';
import { page } from './page.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listImports = cloudFormationOperation({
  name: 'ListImports',
  parse: (input) => ({ exportName: input.ExportName, token: input.NextToken }),
  access: (row) => [anyAccess(row, 'ListImports')],
  handle: async ({ exportName, token }, call, state) => {
    const stacks = await storeOf(state, call).stacks();
    const importers = stacks.filter(
      ({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.includes(exportName),
    );
    if (importers.length === 0) throw validationError(`Export '${exportName}' is not imported by any stack.`);
    const { items, nextToken } = page(importers, token, ['ListImports', exportName]);
    return { Imports: items.map(({ name }) => name), NextToken: nextToken };
  },
});
