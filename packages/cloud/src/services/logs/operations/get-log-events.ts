import { after, before, inOrder, positionOf, readPosition } from '../event-order.js';
import { logAccess } from '../log-access.js';
import { groupNameOf } from '../log-arn.js';
import { invalidParameter, readInput, readStream } from '../log-input.js';
import type { LogEvent } from '../log-store.js';
import { logsOperation } from '../service-state.js';

export const getLogEvents = logsOperation({
  name: 'GetLogEvents',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = {
      group: groupNameOf(input.text('logGroupIdentifier') ?? input.requiredText('logGroupName')),
      stream: readStream(input),
      from: input.integer('startTime', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      to: input.integer('endTime', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      limit: input.integer('limit', { min: 1, max: 10_000 }) ?? 10_000,
      fromHead: input.flag('startFromHead') ?? false,
      token: input.text('nextToken'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [logAccess(row, 'GetLogEvents', 'log-stream')],
  handle: async ({ group, stream, from, to, limit, fromHead, token }, call, { logs }) => {
    await logs.requireStream(call, group, stream);
    const range = {
      streams: (name: string) => name === stream,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
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
