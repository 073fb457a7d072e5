import { everyGroupAccess } from '../log-access.js';
import { groupArn } from '../log-arn.js';
import { GROUP, invalidParameter, page } from '../log-input.js';
import { logsOperation } from '../service-state.js';

const MAX_RESULTS = 50;

export const describeLogGroups = logsOperation({
  name: 'DescribeLogGroups',
  limits: {
    logGroupNamePrefix: GROUP,
    logGroupNamePattern: { max: 512, pattern: GROUP.pattern },
    limit: { min: 1, max: MAX_RESULTS },
  },
  parse: ({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern, limit = MAX_RESULTS, nextToken: token }) => {
    if (prefix !== undefined && pattern !== undefined) {
      throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    return { prefix: prefix ?? '', part: pattern?.toLowerCase() ?? '', limit, token };
  },
  access: (row) => [everyGroupAccess(row, 'DescribeLogGroups')],
  handle: async ({ prefix, part, ...wanted }, call, { logs, filters }) => {
    const groups = (await logs.groups(call)).filter(
      ({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(part),
    );
    const { items, next } = page(groups, ({ name }) => name, wanted, ['DescribeLogGroups', prefix, part]);
    return {
      logGroups: await Promise.all(
        items.map(async ({ name, created, retentionInDays, kmsKeyId, class: logGroupClass }) => ({
          logGroupName: name,
          creationTime: created,
          retentionInDays,
          metricFilterCount: filters.metrics.ofGroup(call, name).length,
          arn: `${groupArn(call, name)}:*`,
          logGroupArn: groupArn(call, name),
          storedBytes: await logs.storedBytes(call, name),
          kmsKeyId,
          logGroupClass,
          deletionProtectionEnabled: false,
        })),
      ),
      nextToken: next,
    };
  },
});
