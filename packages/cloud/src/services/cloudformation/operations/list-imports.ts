import { validationError } from '../template/template-error.js';
import { anyAccess } from './access.js';
import { Input } from './input.js';
import { page } from './page.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listImports = cloudFormationOperation({
  name: 'ListImports',
  parse: (raw) => {
    const input = new Input(raw);
    return { exportName: input.required('ExportName'), token: input.text('NextToken') };
  },
  access: (row) => [anyAccess(row, 'ListImports')],
  handle: async ({ exportName, token }, call, state) => {
    const stacks = await storeOf(state, call).stacks();
    const importers = stacks.filter(
      ({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.includes(exportName),
    );
    if (importers.length === 0) throw validationError(`Export '${exportName}' is not imported by any stack.`);
    const { items, nextToken } = page(importers, token, 100);
    return { Imports: items.map(({ name }) => name), NextToken: nextToken };
  },
});
