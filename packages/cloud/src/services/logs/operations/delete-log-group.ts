import { logAccess } from '../log-access.js';
import { readGroup, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const deleteLogGroup = logsOperation({
  name: 'DeleteLogGroup',
  parse: (raw) => {
    const input = readInput(raw);
    const group = readGroup(input);
    input.check();
    return { group };
  },
  access: (row) => [logAccess(row, 'DeleteLogGroup', 'log-group')],
  handle: ({ group }, call, { logs }) => logs.deleteGroup(call, group),
});
