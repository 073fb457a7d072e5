import { after, inOrder, positionOf, readPosition } from '../event-order.js';
import { logAccess } from '../log-access.js';
import { GROUP, groupOf, invalidParameter } from '../log-input.js';
import type { LogEvent } from '../log-store.js';
import { parseFilterPattern } from '../patterns/filter-pattern.js';
import { logsOperation } from '../service-state.js';

const MAX_EVENTS = 10_000;

export const filterLogEvents = logsOperation({
  name: 'FilterLogEvents',
  limits: {
    logGroupName: GROUP,
    filterPattern: { max: 1024 },
    startTime: { min: 0 },
    endTime: { min: 0 },
    limit: { min: 1, max: MAX_EVENTS },
  },
  parse: ({ logGroupName, logGroupIdentifier, logStreamNames: names, logStreamNamePrefix: prefix, ...rest }) => {
    const { startTime: from, endTime: to, filterPattern = '', limit = MAX_EVENTS, nextToken: token } = rest;
    if (names && prefix !== undefined) {
      throw invalidParameter('logStreamNames and logStreamNamePrefix can not be used together.');
    }
    const group = groupOf(logGroupName, logGroupIdentifier);
    return { group, names, prefix, from, to, matches: parseFilterPattern(filterPattern), limit, token };
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
      nextToken: last && found.length > limit ? positionOf(last) : undefined,
    };
  },
});
