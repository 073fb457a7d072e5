import { logAccess } from '../log-access.js';
import { readGroup, readInput, readStream } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const createLogStream = logsOperation({
  name: 'CreateLogStream',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = { group: readGroup(input), stream: readStream(input) };
    input.check();
    return parsed;
  },
  access: (row) => [logAccess(row, 'CreateLogStream', 'log-stream')],
  handle: ({ group, stream }, call, { logs }) => logs.createStream(call, group, stream),
});
