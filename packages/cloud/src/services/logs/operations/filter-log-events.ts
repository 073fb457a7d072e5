import { after, inOrder, positionOf, readPosition } from '../event-order.js';
import { parseFilterPattern } from '../filter-pattern.js';
import { logAccess } from '../log-access.js';
import { groupNameOf } from '../log-arn.js';
import { invalidParameter, readInput } from '../log-input.js';
import type { LogEvent } from '../log-store.js';
import { logsOperation } from '../service-state.js';

export const filterLogEvents = logsOperation({
  name: 'FilterLogEvents',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = {
      group: groupNameOf(input.text('logGroupIdentifier') ?? input.requiredText('logGroupName')),
      names: input.texts('logStreamNames'),
      prefix: input.text('logStreamNamePrefix'),
      from: input.integer('startTime', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      to: input.integer('endTime', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      matches: parseFilterPattern(input.text('filterPattern', { max: 1024 }) ?? ''),
      limit: input.integer('limit', { min: 1, max: 10_000 }) ?? 10_000,
      token: input.text('nextToken'),
    };
    input.check();
    if (parsed.names && parsed.prefix !== undefined) {
      throw invalidParameter('logStreamNames and logStreamNamePrefix can not be used together.');
    }
    return parsed;
  },
  access: (row) => [logAccess(row, 'FilterLogEvents', 'log-group')],
  handle: async ({ group, names, prefix, from, to, matches, limit, token }, call, { logs }) => {
    const position = token === undefined ? undefined : readPosition(token);
    if (token !== undefined && position === undefined) throw invalidParameter('The specified nextToken is invalid.');
    const found: LogEvent[] = [];
    const range = {
      from: Math.max(from ?? 0, position?.timestamp ?? 0),
      // The end is exclusive in the store and inclusive here.
      ...(to !== undefined && { to: to + 1 }),
      ...(names && { streams: (name: string) => names.includes(name) }),
      ...(prefix !== undefined && { streams: (name: string) => name.startsWith(prefix) }),
    };
    for await (const event of logs.events(call, group, range)) {
      if (matches(event.message) && (position === undefined || after(event, position))) found.push(event);
    }
    const events = inOrder(found).slice(0, limit);
    const last = events.at(-1);
    return {
      events: events.map(({ id, stream, timestamp, message, ingestionTime }) => ({
        logStreamName: stream,
        timestamp,
        message,
        ingestionTime,
        eventId: id,
      })),
      searchedLogStreams: [],
      ...(last && found.length > limit && { nextToken: positionOf(last) }),
    };
  },
});
