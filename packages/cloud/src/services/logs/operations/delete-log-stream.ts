import { logAccess } from '../log-access.js';
import { GROUP, STREAM } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const deleteLogStream = logsOperation({
  name: 'DeleteLogStream',
  limits: { logGroupName: GROUP, logStreamName: STREAM },
  parse: ({ logGroupName, logStreamName }) => ({ group: logGroupName, stream: logStreamName }),
  access: (row) => [logAccess(row, 'DeleteLogStream', 'log-stream')],
  handle: ({ group, stream }, call, { logs }) => logs.deleteStream(call, group, stream),
});
