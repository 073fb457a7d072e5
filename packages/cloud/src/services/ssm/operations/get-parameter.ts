import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { selectedAccess } from '../parameter-access.js';
import { readParameter } from '../parameter-output.js';
import type { ParameterStore } from '../parameter-store.js';

export const getParameter = operation<ParameterStore>()({
  name: 'GetParameter',
  parse: (raw) => {
    const members = membersOf(raw);
    return { name: members.neededText('Name'), decrypt: members.flag('WithDecryption') ?? false };
  },
  access: (row) => [selectedAccess(row, 'GetParameter')],
  handle: async ({ name, decrypt }, call, parameters) => ({
    Parameter: await readParameter(name, decrypt, call, parameters),
  }),
});
