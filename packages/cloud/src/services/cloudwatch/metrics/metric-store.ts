import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { Store } from '../../../core/store.js';
import type { DataPoint } from './data-point.js';
import { type Metric, metricId } from './metric.js';

const timeKey = (time: number): string => String(Math.max(0, Math.floor(time))).padStart(15, '0');

export interface MetricReport {
  readonly metric: Metric;
  readonly point: DataPoint;
  readonly key?: string;
}

/** The metrics of every account and region, and the points that were reported of them. */
export class MetricStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  #area({ account, region }: Scope) {
    return this.#store.area(account, region, 'cloudwatch');
  }

  /** Points of one metric, time and key replace each other; those without a key do not. */
  async put(scope: Scope, reports: readonly MetricReport[]): Promise<void> {
    const area = this.#area(scope);
    const [metrics, points] = [area.area('metrics'), area.area('points')];
    await this.#store.root.batch(
      reports.flatMap(({ metric, point, key: own = randomId.uuid() }) => {
        const id = metricId(metric);
        const key = `${id}/${timeKey(point.time)}/${own}`;
        return [
          { key: metrics.keyOf(id), value: metric },
          { key: points.keyOf(key), value: point },
        ];
      }),
    );
  }

  /** The points from `start` until before `end`, the oldest first. Epoch milliseconds. */
  async points(
    scope: Scope,
    metric: Metric,
    { start, end, unit }: { readonly start: number; readonly end: number; readonly unit?: string | undefined },
  ): Promise<readonly DataPoint[]> {
    const id = metricId(metric);
    const range = { gte: `${id}/${timeKey(start)}`, lt: `${id}/${timeKey(end)}` };
    const found: DataPoint[] = [];
    for await (const [, point] of this.#area(scope).area('points').range<DataPoint>(range)) {
      if (unit === undefined || point.unit === unit) found.push(point);
    }
    return found;
  }

  async list(scope: Scope): Promise<readonly Metric[]> {
    const found: Metric[] = [];
    for await (const [, metric] of this.#area(scope).area('metrics').range<Metric>({})) found.push(metric);
    return found;
  }
}
