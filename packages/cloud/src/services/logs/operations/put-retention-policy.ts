import { logAccess } from '../log-access.js';
import { readGroup, readInput, readRetention } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const putRetentionPolicy = logsOperation({
  name: 'PutRetentionPolicy',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = { group: readGroup(input), retentionInDays: readRetention(input) };
    input.check();
    return parsed;
  },
  access: (row) => [logAccess(row, 'PutRetentionPolicy', 'log-group')],
  handle: ({ group, retentionInDays }, call, { logs }) =>
    logs.changeGroup(call, group, (before) => ({ ...before, retentionInDays })),
});
