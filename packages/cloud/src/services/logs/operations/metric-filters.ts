import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import type { MetricFilter } from '../filters/filter-store.js';
import { logAccess } from '../log-access.js';
import { GROUP, page } from '../log-input.js';
import { parseFilterPattern } from '../patterns/filter-pattern.js';
import { logsOperation } from '../service-state.js';

export const FILTER_NAME = { min: 1, max: 512, pattern: /[^:*]*/ };
const METRIC = { max: 255, pattern: /[^:*$]*/ };
const MOST_FILTERS = 100;

const shown = ({ name, pattern, transformations, created, group }: MetricFilter) => ({
  filterName: name,
  filterPattern: pattern,
  metricTransformations: transformations.map((each) => ({ ...each })),
  creationTime: created,
  logGroupName: group,
  applyOnTransformedLogs: false,
});

export const putMetricFilter = logsOperation({
  name: 'PutMetricFilter',
  limits: {
    logGroupName: GROUP,
    filterName: FILTER_NAME,
    filterPattern: { max: 1024 },
    metricTransformations: {
      min: 1,
      max: 1,
      each: {
        members: {
          metricName: METRIC,
          metricNamespace: { max: 255, pattern: /[^:*$]*|.*/ },
          metricValue: { max: 100 },
          defaultValue: {},
          unit: {},
          dimensions: {},
        },
      },
    },
  },
  parse: ({ logGroupName: group, filterName: name, filterPattern: pattern, metricTransformations }) => {
    parseFilterPattern(pattern);
    return { group, name, pattern, transformations: metricTransformations };
  },
  access: (row) => [logAccess(row, 'PutMetricFilter', 'log-group')],
  handle: async ({ group, ...given }, call, { context, logs, filters }) => {
    await logs.group(call, group);
    const { account, region } = call;
    const filter = { account, region, group, ...given };
    const before = filters.metrics.find(filter);
    if (!before && filters.metrics.ofGroup(filter, group).length >= MOST_FILTERS) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    await filters.metrics.put({ ...filter, created: before?.created ?? context.now() });
  },
});

export const describeMetricFilters = logsOperation({
  name: 'DescribeMetricFilters',
  limits: {
    logGroupName: GROUP,
    filterNamePrefix: FILTER_NAME,
    metricName: METRIC,
    metricNamespace: { max: 255 },
    limit: { min: 1, max: 50 },
  },
  parse: ({ logGroupName: group = '', ...rest }) => ({ group, ...rest }),
  access: (row) => [logAccess(row, 'DescribeMetricFilters', 'log-group')],
  handle: async (input, call, { logs, filters }) => {
    const { group, filterNamePrefix = '', metricName, metricNamespace, limit = 50, nextToken: token } = input;
    if (group !== '') await logs.group(call, group);
    const found = filters.metrics
      .list(call)
      .filter((filter) => group === '' || filter.group === group)
      .filter(({ name }) => name.startsWith(filterNamePrefix))
      .filter(({ transformations }) =>
        transformations.some(
          (each) =>
            (metricName === undefined || each.metricName === metricName) &&
            (metricNamespace === undefined || each.metricNamespace === metricNamespace),
        ),
      );
    const of = ['DescribeMetricFilters', group, filterNamePrefix, metricName, metricNamespace];
    const { items, next } = page(found, (filter) => `${filter.group}:${filter.name}`, { limit, token }, of);
    return { metricFilters: items.map(shown), nextToken: next };
  },
});

export const deleteMetricFilter = logsOperation({
  name: 'DeleteMetricFilter',
  limits: { logGroupName: GROUP, filterName: FILTER_NAME },
  parse: ({ logGroupName: group, filterName: name }) => ({ group, name }),
  access: (row) => [logAccess(row, 'DeleteMetricFilter', 'log-group')],
  handle: async ({ group, name }, call, { logs, filters }) => {
    await logs.group(call, group);
    const { account, region } = call;
    const filter = { account, region, group, name };
    if (!filters.metrics.find(filter)) {
      throw new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
    }
    await filters.metrics.delete(filter);
  },
});

export const testMetricFilter = logsOperation({
  name: 'TestMetricFilter',
  limits: { filterPattern: { max: 1024 }, logEventMessages: { min: 1, max: 50 } },
  parse: ({ filterPattern, logEventMessages: messages }) => ({ matches: parseFilterPattern(filterPattern), messages }),
  access: (row) => [row({ action: 'logs:TestMetricFilter', on: anything })],
  handle: ({ matches, messages }) => ({
    matches: messages.flatMap((eventMessage, at) => {
      const match = matches(eventMessage);
      return match ? [{ eventNumber: at + 1, eventMessage, extractedValues: { ...match.extracted } }] : [];
    }),
  }),
});
