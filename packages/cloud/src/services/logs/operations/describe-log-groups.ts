import { everyGroupAccess } from '../log-access.js';
import { groupArn } from '../log-arn.js';
import { page, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const describeLogGroups = logsOperation({
  name: 'DescribeLogGroups',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = {
      prefix: input.text('logGroupNamePrefix') ?? '',
      part: input.text('logGroupNamePattern')?.toLowerCase() ?? '',
      limit: input.integer('limit', { min: 1, max: 50 }) ?? 50,
      token: input.text('nextToken'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [everyGroupAccess(row, 'DescribeLogGroups')],
  handle: async ({ prefix, part, limit, token }, call, { logs }) => {
    const groups = (await logs.groups(call)).filter(
      ({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(part),
    );
    const { items, nextToken } = page(groups, token, limit);
    return {
      logGroups: await Promise.all(
        items.map(async ({ name, created, retentionInDays, class: logGroupClass }) => ({
          logGroupName: name,
          creationTime: created,
          ...(retentionInDays !== undefined && { retentionInDays }),
          metricFilterCount: 0,
          arn: `${groupArn(call, name)}:*`,
          logGroupArn: groupArn(call, name),
          storedBytes: await logs.storedBytes(call, name),
          logGroupClass,
        })),
      ),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
});
