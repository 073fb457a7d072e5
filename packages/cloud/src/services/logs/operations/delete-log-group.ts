import { logAccess } from '../log-access.js';
import { groupArn } from '../log-arn.js';
import { GROUP } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const deleteLogGroup = logsOperation({
  name: 'DeleteLogGroup',
  limits: { logGroupName: GROUP },
  parse: ({ logGroupName }) => ({ group: logGroupName }),
  access: (row) => [logAccess(row, 'DeleteLogGroup', 'log-group')],
  handle: async ({ group }, call, { logs, filters, policies }) => {
    await logs.deleteGroup(call, group);
    await filters.deleteGroup(call, group);
    await policies.deleteGroup(call, groupArn(call, group));
  },
});
