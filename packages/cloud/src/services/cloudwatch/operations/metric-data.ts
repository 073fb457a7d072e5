import { anything } from '../../../core/access.js';
import { pageOf } from '../../../kit/page.js';
import { invalidCombination, invalidToken, invalidValue } from '../cloudwatch-error.js';
import { dataPointOf } from '../metrics/data-point.js';
import { type Metric, metricId, metricOf } from '../metrics/metric.js';
import { checkQueries, seriesOf } from '../metrics/metric-queries.js';
import { buckets, isStatistic, STATISTICS, statistic } from '../metrics/statistics.js';
import { cloudWatchOperation, onAnything } from '../service-state.js';

export const putMetricData = cloudWatchOperation({
  name: 'PutMetricData',
  limits: { Namespace: { min: 1, max: 255 }, MetricData: { max: 1000 } },
  parse: ({ Namespace: namespace, MetricData = [], EntityMetricData = [] }) => ({
    namespace,
    data: [...MetricData, ...EntityMetricData.flatMap((entity) => entity.MetricData ?? [])],
  }),
  access: (row) => [
    row({
      action: 'cloudwatch:PutMetricData',
      on: anything,
      keys: { 'cloudwatch:namespace': ({ input }) => input.namespace },
    }),
  ],
  handle: async ({ namespace, data }, call, { metrics, alarms, context }) => {
    const now = context.now();
    const reports = data.map((datum, at) => ({
      metric: metricOf({
        Namespace: namespace,
        MetricName: datum.MetricName,
        Dimensions: datum.Dimensions,
      }),
      point: dataPointOf(datum, `MetricData.member.${at + 1}`, now),
    }));
    await metrics.put(call, reports);
    alarms.look(
      call,
      reports.map(({ metric }) => metric),
    );
  },
});

interface DimensionFilter {
  readonly Name: string;
  readonly Value?: string | undefined;
}

function hasDimensions({ dimensions }: Metric, filters: readonly DimensionFilter[]): boolean {
  return filters.every(({ Name, Value }) =>
    dimensions.some((each) => each.Name === Name && (Value === undefined || each.Value === Value)),
  );
}

export const listMetrics = cloudWatchOperation({
  name: 'ListMetrics',
  access: (row) => [onAnything(row, 'ListMetrics')],
  handle: async ({ Namespace, MetricName, Dimensions = [], NextToken: token }, call, { metrics, context }) => {
    await context.metrics.flush();
    const found = (await metrics.list(call))
      .filter(({ namespace }) => Namespace === undefined || namespace === Namespace)
      .filter(({ name }) => MetricName === undefined || name === MetricName)
      .filter((metric) => hasDimensions(metric, Dimensions));
    const { items, next } = pageOf(found, {
      keyOf: metricId,
      limit: 500,
      token,
      of: ['ListMetrics', Namespace, MetricName, Dimensions],
      refuse: invalidToken,
    });
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: [...dimensions],
      })),
      NextToken: next,
    };
  },
});

const MOST_POINTS = 1440;

export const getMetricStatistics = cloudWatchOperation({
  name: 'GetMetricStatistics',
  limits: {
    Period: { min: 1 },
    Statistics: { min: 1, max: 5, each: { values: STATISTICS } },
  },
  parse: (input) => {
    const { StartTime, EndTime, Period, Statistics = [], ExtendedStatistics = [] } = input;
    const [start, end] = [StartTime.getTime(), EndTime.getTime()];
    if (start >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
    const asked = Math.floor((end - start) / 1000 / Period);
    if (asked > MOST_POINTS) {
      throw invalidCombination(
        `You have requested up to ${asked} datapoints, which exceeds the limit of ${MOST_POINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const unknown = ExtendedStatistics.find((name) => !isStatistic(name));
    if (unknown !== undefined) throw invalidValue(`The local cloud does not support the statistic ${unknown}`);
    if (Statistics.length + ExtendedStatistics.length === 0) {
      throw invalidCombination('At least one of the parameters Statistics and ExtendedStatistics must be specified.');
    }
    return {
      metric: metricOf(input),
      start,
      end,
      period: Period * 1000,
      Statistics,
      ExtendedStatistics,
      unit: input.Unit,
    };
  },
  access: (row) => [onAnything(row, 'GetMetricStatistics')],
  handle: async (input, call, { metrics, context }) => {
    const { metric, start, end, period, Statistics, ExtendedStatistics, unit } = input;
    await context.metrics.flush();
    const points = await metrics.points(call, metric, { start, end, unit });
    return {
      Label: metric.name,
      Datapoints: buckets(points, period).map((bucket) => {
        const values = Statistics.map((name) => [name, statistic(bucket.points, name)]);
        const extended = ExtendedStatistics.flatMap((name) => {
          const value = statistic(bucket.points, name);
          return value === undefined ? [] : [[name, value] as const];
        });
        return {
          Timestamp: new Date(bucket.start),
          ...Object.fromEntries(values),
          Unit: unit ?? bucket.points[0]?.unit,
          ...(extended.length > 0 && { ExtendedStatistics: Object.fromEntries(extended) }),
        };
      }),
    };
  },
});

const MOST_VALUES = 100_800;

export const getMetricData = cloudWatchOperation({
  name: 'GetMetricData',
  limits: { MetricDataQueries: { max: 500 }, MaxDatapoints: { min: 1 } },
  parse: (input) => {
    const { MetricDataQueries: queries, StartTime, EndTime } = input;
    const [start, end] = [StartTime.getTime(), EndTime.getTime()];
    if (start >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
    checkQueries(queries);
    return { queries, start, end, ascending: input.ScanBy === 'TimestampAscending' };
  },
  access: (row) => [onAnything(row, 'GetMetricData')],
  handle: async ({ queries, start, end, ascending }, call, { metrics, context }) => {
    await context.metrics.flush();
    const series = await seriesOf(queries, call, { start, end }, metrics);
    const returned = queries.filter(({ ReturnData }) => ReturnData ?? true);
    return {
      MetricDataResults: returned.map(({ Id, Label, MetricStat }) => {
        const values = [...(series.get(Id) ?? [])].slice(-MOST_VALUES);
        if (!ascending) values.reverse();
        return {
          Id,
          Label: Label ?? MetricStat?.Metric.MetricName ?? Id,
          Timestamps: values.map(([time]) => new Date(time)),
          Values: values.map(([, value]) => value),
          StatusCode: 'Complete' as const,
        };
      }),
      Messages: [],
    };
  },
});
