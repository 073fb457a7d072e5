import type { Scope } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { validation } from '../cloudwatch-error.js';
import { compileExpression, type Expression } from './expression.js';
import { metricOf } from './metric.js';
import type { MetricStore } from './metric-store.js';
import { buckets, isStatistic, statistic } from './statistics.js';

type Query = NonNullable<Input<'cloudwatch', 'GetMetricData'>['MetricDataQueries']>[number];

/** Values by the times at which their periods begin. */
export type Series = ReadonlyMap<number, number>;

/** @throws AwsError ValidationError for queries that are wrong, and for math that the local cloud does not do */
export function checkQueries(queries: readonly Query[]): void {
  for (const { Id, MetricStat, Expression: text } of queries) {
    if ((MetricStat === undefined) === (text === undefined)) {
      throw validation(`The parameter MetricStat or Expression must be given for query ${Id}, and not both.`);
    }
    if (MetricStat && !isStatistic(MetricStat.Stat)) {
      throw validation(`The local cloud does not support the statistic ${MetricStat.Stat} (${Id})`);
    }
    if (text !== undefined && !compileExpression(text)) {
      throw validation(`The local cloud computes metric math of + - * / ^ alone; ${Id} is ${text}`);
    }
  }
}

/** The series of every query, those of expressions computed of the others. Epoch milliseconds. */
export async function seriesOf(
  queries: readonly Query[],
  scope: Scope,
  { start, end }: { readonly start: number; readonly end: number },
  metrics: MetricStore,
): Promise<ReadonlyMap<string, Series>> {
  const found = new Map<string, Series>();
  for (const { Id, MetricStat } of queries) {
    if (!MetricStat) continue;
    const { Metric: named, Period, Stat, Unit: unit } = MetricStat;
    const { Namespace = '', MetricName = '', Dimensions } = named;
    const points = await metrics.points(scope, metricOf({ Namespace, MetricName, Dimensions }), { start, end, unit });
    const values = buckets(points, Period * 1000).flatMap((bucket) => {
      const value = statistic(bucket.points, Stat);
      return value === undefined ? [] : [[bucket.start, value] as const];
    });
    found.set(Id, new Map(values));
  }
  const expressions = new Map(
    queries.flatMap(({ Id, Expression: text }) => {
      const expression = text === undefined ? undefined : compileExpression(text);
      return expression ? [[Id, expression] as const] : [];
    }),
  );
  for (const [id, expression] of expressions) found.set(id, computed(expression, found, expressions));
  return found;
}

function computed(
  expression: Expression,
  series: ReadonlyMap<string, Series>,
  expressions: ReadonlyMap<string, Expression>,
): Series {
  const times = new Set([...series.values()].flatMap((each) => [...each.keys()]));
  const valueAt =
    (time: number, depth: number) =>
    (id: string): number | undefined => {
      const known = series.get(id)?.get(time);
      const inner = expressions.get(id);
      // Expressions that name each other have no value.
      return known ?? (inner && depth < expressions.size ? inner(valueAt(time, depth + 1)) : undefined);
    };
  const values = [...times].flatMap((time) => {
    const value = expression(valueAt(time, 0));
    return value === undefined ? [] : [[time, value] as const];
  });
  return new Map(values.sort(([a], [b]) => a - b));
}
