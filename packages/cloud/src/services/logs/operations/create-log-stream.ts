import { logAccess } from '../log-access.js';
import { GROUP, STREAM } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const createLogStream = logsOperation({
  name: 'CreateLogStream',
  limits: { logGroupName: GROUP, logStreamName: STREAM },
  parse: ({ logGroupName, logStreamName }) => ({ group: logGroupName, stream: logStreamName }),
  access: (row) => [logAccess(row, 'CreateLogStream', 'log-stream')],
  handle: ({ group, stream }, call, { logs }) => logs.createStream(call, group, stream),
});
