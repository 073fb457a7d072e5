import { logAccess } from '../log-arn.js';
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
  access: logAccess('CreateLogStream'),
  handle: ({ group, stream }, call, { logs }) => logs.createStream(call, group, stream),
});
