import { logAccess } from '../log-access.js';
import { groupArn, groupNameOf } from '../log-arn.js';
import { invalidParameter, page, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const describeLogStreams = logsOperation({
  name: 'DescribeLogStreams',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = {
      group: groupNameOf(input.text('logGroupIdentifier') ?? input.requiredText('logGroupName')),
      prefix: input.text('logStreamNamePrefix') ?? '',
      byTime: input.text('orderBy', { oneOf: ['LogStreamName', 'LastEventTime'] }) === 'LastEventTime',
      descending: input.flag('descending') ?? false,
      limit: input.integer('limit', { min: 1, max: 50 }) ?? 50,
      token: input.text('nextToken'),
    };
    input.check();
    if (parsed.byTime && parsed.prefix !== '') {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    return parsed;
  },
  access: (row) => [logAccess(row, 'DescribeLogStreams', 'log-group')],
  handle: async ({ group, prefix, byTime, descending, limit, token }, call, { logs }) => {
    const streams = (await logs.streams(call, group)).filter(({ name }) => name.startsWith(prefix));
    streams.sort((a, b) => (byTime ? (a.lastEvent ?? 0) - (b.lastEvent ?? 0) : a.name < b.name ? -1 : 1));
    if (descending) streams.reverse();
    const { items, nextToken } = page(streams, token, limit);
    return {
      logStreams: items.map(({ name, created, firstEvent, lastEvent, lastIngestion }) => ({
        logStreamName: name,
        creationTime: created,
        ...(firstEvent !== undefined && { firstEventTimestamp: firstEvent }),
        ...(lastEvent !== undefined && { lastEventTimestamp: lastEvent }),
        ...(lastIngestion !== undefined && { lastIngestionTime: lastIngestion }),
        arn: `${groupArn(call, group)}:log-stream:${name}`,
        storedBytes: 0,
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
});
