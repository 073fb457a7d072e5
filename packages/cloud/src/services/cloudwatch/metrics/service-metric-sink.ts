import { createHash } from 'node:crypto';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { MeasuredMinute, MetricSink } from '../../../core/service-metrics.js';
import type { Alarms } from '../alarms/alarms.js';
import { metricOf } from './metric.js';
import type { MetricReport, MetricStore } from './metric-store.js';

/** Keeps the metrics of the cloud's own services, in one write, and has alarms look at them. */
export function serviceMetricSink(metrics: MetricStore, alarms: Alarms): MetricSink {
  // The points that an earlier run of the cloud reported of the same minute stay.
  const run = randomId.lower(8);
  return async (measured) => {
    for (const [scope, own] of byScope(measured)) {
      const reports = own.map((each) => reportOf(each, run));
      await metrics.put(scope, reports);
      alarms.look(
        scope,
        reports.map(({ metric }) => metric),
      );
    }
  };
}

function reportOf(measured: MeasuredMinute, run: string): MetricReport {
  const { source, namespace: Namespace, name: MetricName, dimensions, minute: time } = measured;
  const { unit, count, sum, minimum, maximum, values } = measured;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const key = `${run}${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  return {
    metric: metricOf({ Namespace, MetricName, Dimensions }),
    point: { time, unit, count, sum, minimum, maximum, values },
    key,
  };
}

function byScope(measured: readonly MeasuredMinute[]): Iterable<readonly [Scope, readonly MeasuredMinute[]]> {
  const found = new Map<string, readonly [Scope, MeasuredMinute[]]>();
  for (const each of measured) {
    const { account, region } = each;
    const known = found.get(`${account} ${region}`);
    if (known) known[1].push(each);
    else found.set(`${account} ${region}`, [{ account, region }, [each]]);
  }
  return found.values();
}
