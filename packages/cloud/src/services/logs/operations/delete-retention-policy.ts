import { logAccess } from '../log-access.js';
import { readGroup, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const deleteRetentionPolicy = logsOperation({
  name: 'DeleteRetentionPolicy',
  parse: (raw) => {
    const input = readInput(raw);
    const group = readGroup(input);
    input.check();
    return { group };
  },
  access: (row) => [logAccess(row, 'DeleteRetentionPolicy', 'log-group')],
  handle: ({ group }, call, { logs }) => logs.changeGroup(call, group, ({ retentionInDays: _, ...group }) => group),
});
