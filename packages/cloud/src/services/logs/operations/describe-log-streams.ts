import { logAccess } from '../log-access.js';
import { groupArn } from '../log-arn.js';
import { GROUP, groupOf, invalidParameter, page, STREAM } from '../log-input.js';
import type { LogStream } from '../log-store.js';
import { logsOperation } from '../service-state.js';

const MAX_RESULTS = 50;

/** Streams by name, or by the time of their last event. */
function keyOf(byTime: boolean): (stream: LogStream) => string {
  return ({ name, lastEvent = 0 }) => (byTime ? `${String(lastEvent).padStart(15, '0')} ${name}` : name);
}

export const describeLogStreams = logsOperation({
  name: 'DescribeLogStreams',
  limits: {
    logGroupName: GROUP,
    logStreamNamePrefix: STREAM,
    orderBy: { values: ['LogStreamName', 'LastEventTime'] },
    limit: { min: 1, max: MAX_RESULTS },
  },
  parse: ({
    logGroupName,
    logGroupIdentifier,
    logStreamNamePrefix: prefix = '',
    orderBy,
    descending = false,
    ...rest
  }) => {
    const { limit = MAX_RESULTS, nextToken: token } = rest;
    const byTime = orderBy === 'LastEventTime';
    if (byTime && prefix !== '') {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    return { group: groupOf(logGroupName, logGroupIdentifier), prefix, byTime, descending, page: { limit, token } };
  },
  access: (row) => [logAccess(row, 'DescribeLogStreams', 'log-group')],
  handle: async ({ group, prefix, byTime, descending, page: wanted }, call, { logs }) => {
    const key = keyOf(byTime);
    const streams = (await logs.streams(call, group)).filter(({ name }) => name.startsWith(prefix));
    streams.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    if (descending) streams.reverse();
    const of = ['DescribeLogStreams', group, prefix, byTime, descending];
    const { items, next } = page(streams, key, wanted, of);
    return {
      logStreams: items.map(({ name, created, firstEvent, lastEvent, lastIngestion }) => ({
        logStreamName: name,
        creationTime: created,
        firstEventTimestamp: firstEvent,
        lastEventTimestamp: lastEvent,
        lastIngestionTime: lastIngestion,
        arn: `${groupArn(call, group)}:log-stream:${name}`,
        storedBytes: 0,
      })),
      nextToken: next,
    };
  },
});
