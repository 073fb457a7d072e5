import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const putRetentionPolicy = logsOperation({
  name: 'PutRetentionPolicy',
  limits: { logGroupName: GROUP, retentionInDays: { min: 1, max: 3653 } },
  parse: ({ logGroupName, retentionInDays }) => {
    if (!DAYS.includes(retentionInDays)) {
      throw invalidParameter(
        `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(', ')}]`,
      );
    }
    return { group: logGroupName, retentionInDays };
  },
  access: (row) => [logAccess(row, 'PutRetentionPolicy', 'log-group')],
  handle: ({ group, retentionInDays }, call, { logs }) =>
    logs.changeGroup(call, group, (before) => ({ ...before, retentionInDays })),
});

export const deleteRetentionPolicy = logsOperation({
  name: 'DeleteRetentionPolicy',
  limits: { logGroupName: GROUP },
  parse: ({ logGroupName }) => ({ group: logGroupName }),
  access: (row) => [logAccess(row, 'DeleteRetentionPolicy', 'log-group')],
  handle: ({ group }, call, { logs }) => logs.changeGroup(call, group, ({ retentionInDays: _, ...group }) => group),
});
