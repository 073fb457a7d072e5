import type { Scope } from '../../../core/operation.js';
import { allSelectedAccess, selectedAccess } from '../parameter-access.js';
import { type ParameterSelector, parseSelector } from '../parameter-name.js';
import type { ParameterStore } from '../parameter-store.js';
import { ssmOperation } from '../service-state.js';
import { parameterNotFound } from '../ssm-error.js';

/** True if there was one. */
const remove = ({ name }: ParameterSelector, scope: Scope, parameters: ParameterStore): Promise<boolean> =>
  parameters.change(scope, name, async (record) => {
    if (record) await parameters.remove(scope, record.name);
    return record !== undefined;
  });

export const deleteParameter = ssmOperation({
  name: 'DeleteParameter',
  parse: ({ Name }, scope) => ({ selected: parseSelector(Name, scope) }),
  access: (row) => [selectedAccess(row, 'DeleteParameter')],
  handle: async ({ selected }, call, parameters) => {
    if (!(await remove(selected, call, parameters))) throw parameterNotFound();
  },
});

export const deleteParameters = ssmOperation({
  name: 'DeleteParameters',
  limits: { Names: { min: 1, max: 10 } },
  parse: ({ Names }, scope) => ({ selected: Names.map((name) => parseSelector(name, scope)) }),
  access: (row) => [allSelectedAccess(row, 'DeleteParameters')],
  handle: async ({ selected }, call, parameters) => {
    const deleted: string[] = [];
    const invalid: string[] = [];
    for (const each of selected) ((await remove(each, call, parameters)) ? deleted : invalid).push(each.text);
    return { DeletedParameters: deleted, InvalidParameters: invalid };
  },
});
