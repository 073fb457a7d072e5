import { logAccess } from '../log-arn.js';
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
  access: logAccess('PutRetentionPolicy'),
  handle: ({ group, retentionInDays }, call, { logs }) =>
    logs.changeGroup(call, group, (before) => ({ ...before, retentionInDays })),
});
