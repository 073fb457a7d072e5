import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { allSelectedAccess, selectedAccess } from '../parameter-access.js';
import { parseSelector } from '../parameter-name.js';
import type { ParameterStore } from '../parameter-store.js';

export const deleteParameter = operation<ParameterStore>()({
  name: 'DeleteParameter',
  parse: (raw) => ({ name: membersOf(raw).neededText('Name') }),
  access: (row) => [selectedAccess(row, 'DeleteParameter')],
  handle: ({ name: text }, call, parameters) =>
    parameters.change(async () => {
      const { name } = parseSelector(text, call);
      if (!(await parameters.get(call, name))) throw new AwsError('ParameterNotFound', '');
      await parameters.remove(call, name);
      return {};
    }),
});

export const deleteParameters = operation<ParameterStore>()({
  name: 'DeleteParameters',
  parse: (raw) => ({ names: membersOf(raw).texts('Names') }),
  access: (row) => [allSelectedAccess(row, 'DeleteParameters')],
  handle: ({ names }, call, parameters) =>
    parameters.change(async () => {
      const deleted: string[] = [];
      const invalid: string[] = [];
      for (const text of names) {
        const { name } = parseSelector(text, call);
        const known = await parameters.get(call, name);
        if (known) await parameters.remove(call, name);
        (known ? deleted : invalid).push(text);
      }
      return { DeletedParameters: deleted, InvalidParameters: invalid };
    }),
});
