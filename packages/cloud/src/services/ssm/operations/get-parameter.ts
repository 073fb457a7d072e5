import { selectedAccess } from '../parameter-access.js';
import { parseSelector } from '../parameter-name.js';
import { readParameter } from '../parameter-output.js';
import { ssmOperation } from '../service-state.js';

export const getParameter = ssmOperation({
  name: 'GetParameter',
  limits: { Name: { min: 1 } },
  parse: ({ Name, WithDecryption = false }, scope) => ({
    selected: parseSelector(Name, scope),
    decrypt: WithDecryption,
  }),
  access: (row) => [selectedAccess(row, 'GetParameter')],
  handle: async ({ selected, decrypt }, call, parameters) => ({
    Parameter: await readParameter(selected, decrypt, call, parameters),
  }),
});
