import { defined } from '../../../core/defined.js';
import { after, before, inOrder, positionOf, readPosition } from '../event-order.js';
import { logAccess } from '../log-access.js';
import { GROUP, groupOf, invalidParameter, STREAM } from '../log-input.js';
import type { LogEvent } from '../log-store.js';
import { logsOperation } from '../service-state.js';

const MAX_EVENTS = 10_000;

export const getLogEvents = logsOperation({
  name: 'GetLogEvents',
  limits: {
    logGroupName: GROUP,
    logStreamName: STREAM,
    startTime: { min: 0 },
    endTime: { min: 0 },
    limit: { min: 1, max: MAX_EVENTS },
  },
  parse: ({ logGroupName, logGroupIdentifier, logStreamName: stream, startTime: from, endTime: to, ...rest }) => {
    const { limit = MAX_EVENTS, startFromHead: fromHead = false, nextToken: token } = rest;
    return { group: groupOf(logGroupName, logGroupIdentifier), stream, from, to, limit, fromHead, token };
  },
  access: (row) => [logAccess(row, 'GetLogEvents', 'log-stream')],
  handle: async ({ group, stream, from, to, limit, fromHead, token }, call, { logs }) => {
    await logs.requireStream(call, group, stream);
    const range = {
      streams: (name: string) => name === stream,
      ...defined({ from, to }),
    };
    const all: LogEvent[] = [];
    for await (const event of logs.events(call, group, range)) all.push(event);
    const events = takePage(inOrder(all), limit, fromHead, token);
    const first = events[0];
    const last = events.at(-1);
    return {
      events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      // At the end of a stream AWS gives the token that it was given.
      nextForwardToken: last ? `f/${positionOf(last)}` : (token ?? 'f/0/'),
      nextBackwardToken: first ? `b/${positionOf(first)}` : (token ?? 'b/0/'),
    };
  },
});

function takePage(
  all: readonly LogEvent[],
  limit: number,
  fromHead: boolean,
  token: string | undefined,
): readonly LogEvent[] {
  if (token === undefined) return fromHead ? all.slice(0, limit) : all.slice(-limit);
  const position = readPosition(token.slice(2));
  if (position === undefined) throw invalidParameter('The specified nextToken is invalid.');
  if (token.startsWith('f/')) return all.filter((event) => after(event, position)).slice(0, limit);
  if (token.startsWith('b/')) return all.filter((event) => before(event, position)).slice(-limit);
  throw invalidParameter('The specified nextToken is invalid.');
}
