import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { metricOf } from '../metrics/metric.js';
import { seriesOf } from '../metrics/metric-queries.js';
import type { MetricStore } from '../metrics/metric-store.js';
import { buckets, statistic } from '../metrics/statistics.js';
import type { MetricAlarmSettings, StateValue } from './alarm-record.js';

export interface Evaluation {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON */
  readonly data: string;
}

const COMPARISONS: Readonly<Record<string, readonly [words: string, breaches: (a: number, b: number) => boolean]>> = {
  GreaterThanOrEqualToThreshold: ['greater than or equal to', (a, b) => a >= b],
  GreaterThanThreshold: ['greater than', (a, b) => a > b],
  LessThanThreshold: ['less than', (a, b) => a < b],
  LessThanOrEqualToThreshold: ['less than or equal to', (a, b) => a <= b],
};

/** Seconds. */
export function periodOf({ Period, Metrics = [] }: MetricAlarmSettings): number {
  return Period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `03/02/26 04:05:00`, as reasons write times. */
function shortTime(time: number): string {
  const date = new Date(time);
  const day = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCFullYear() % 100)}`;
  return `${day} ${[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')}`;
}

const shown = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** The values of the periods that count, by their start; undefined for a period without data. The youngest first. */
async function valuesOf(settings: MetricAlarmSettings, scope: Scope, now: number, metrics: MetricStore) {
  const { MetricName, Namespace, Dimensions, Statistic, ExtendedStatistic, Metrics, Unit: unit } = settings;
  const period = periodOf(settings) * 1000;
  // The period that is running counts: who deploys locally wants to see the alarm.
  const last = Math.floor(now / period) * period;
  const starts = Array.from({ length: settings.EvaluationPeriods ?? 1 }, (_, at) => last - at * period);
  const range = { start: last - (starts.length - 1) * period, end: last + period };
  if (Metrics && Metrics.length > 0) {
    const series = await seriesOf(Metrics, scope, range, metrics);
    const id = Metrics.find(({ ReturnData }) => ReturnData ?? true)?.Id ?? '';
    return starts.map((start) => ({ start, value: series.get(id)?.get(start), count: undefined }));
  }
  const metric = metricOf({ MetricName: MetricName ?? '', Namespace: Namespace ?? '', Dimensions });
  const points = await metrics.points(scope, metric, { ...range, unit });
  const byStart = new Map(buckets(points, period).map((bucket) => [bucket.start, bucket.points]));
  return starts.map((start) => {
    const own = byStart.get(start);
    const value = own && statistic(own, Statistic ?? ExtendedStatistic ?? 'Average');
    return { start, value, count: own?.reduce((sum, { count }) => sum + count, 0) };
  });
}

/** The state that an alarm has by its data; undefined where it keeps the one that it has. */
export async function evaluateAlarm(
  settings: MetricAlarmSettings,
  scope: Scope,
  now: number,
  metrics: MetricStore,
): Promise<Evaluation | undefined> {
  const { Threshold: threshold = 0, TreatMissingData: missing = 'missing', ComparisonOperator = '' } = settings;
  const { EvaluationPeriods: periods = 1, DatapointsToAlarm: needed = periods } = settings;
  const comparison = COMPARISONS[ComparisonOperator];
  // Bands of anomaly detection are not computed here.
  if (comparison === undefined || settings.ThresholdMetricId !== undefined) return undefined;
  const [words, breaches] = comparison;
  const values = await valuesOf(settings, scope, now, metrics);
  const present = values.flatMap(({ start, value, count }) => (value === undefined ? [] : [{ start, value, count }]));
  const isBreaching = ({ value }: { readonly value: number | undefined }): boolean =>
    value === undefined ? missing === 'breaching' : breaches(value, threshold);
  const breaching = values.filter(isBreaching).length;
  const data = JSON.stringify({
    version: '1.0',
    queryDate: new Date(now).toISOString().replace('Z', '+0000'),
    startDate: new Date(values.at(-1)?.start ?? now).toISOString().replace('Z', '+0000'),
    ...defined({ unit: settings.Unit }),
    statistic: settings.Statistic ?? settings.ExtendedStatistic,
    period: periodOf(settings),
    recentDatapoints: present.map(({ value }) => value).reverse(),
    threshold,
    evaluatedDatapoints: present.map(({ start, value, count }) => ({
      timestamp: new Date(start).toISOString().replace('Z', '+0000'),
      ...defined({ sampleCount: count }),
      value,
    })),
  });
  if (present.length === 0 && missing === 'missing') {
    const reason = `Insufficient Data: ${periods} datapoint${periods === 1 ? ' was' : 's were'} unknown.`;
    return { value: 'INSUFFICIENT_DATA', reason, data };
  }
  if (present.length === 0 && missing === 'ignore') return undefined;
  const value = breaching >= needed ? 'ALARM' : 'OK';
  return { value, reason: crossed(), data };

  function crossed(): string {
    const counted = value === 'ALARM' ? present.filter(isBreaching) : present.filter((each) => !isBreaching(each));
    if (counted.length === 0) {
      const treated = missing === 'breaching' ? 'Breaching' : 'NonBreaching';
      return `Threshold Crossed: no datapoints were received for ${periods} period${periods === 1 ? '' : 's'} and ${periods} missing datapoint${periods === 1 ? ' was' : 's were'} treated as [${treated}].`;
    }
    const list = counted.map(({ start, value: each }) => `${shown(each)} (${shortTime(start)})`).join(', ');
    const not = value === 'ALARM' ? '' : 'not ';
    return counted.length === 1
      ? `Threshold Crossed: 1 datapoint [${list}] was ${not}${words} the threshold (${shown(threshold)}).`
      : `Threshold Crossed: ${counted.length} datapoints [${list}] were ${not}${words} the threshold (${shown(threshold)}).`;
  }
}
