import { logAccess } from '../log-access.js';
import { GROUP } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const deleteLogGroup = logsOperation({
  name: 'DeleteLogGroup',
  limits: { logGroupName: GROUP },
  parse: ({ logGroupName }) => ({ group: logGroupName }),
  access: (row) => [logAccess(row, 'DeleteLogGroup', 'log-group')],
  handle: ({ group }, call, { logs }) => logs.deleteGroup(call, group),
});
