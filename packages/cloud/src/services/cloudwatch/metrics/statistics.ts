import type { DataPoint } from './data-point.js';

export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type Statistic = (typeof STATISTICS)[number];

const PERCENTILE = /^p(\d{1,2}(?:\.\d{0,10})?|100)$/;

export function isStatistic(name: string): boolean {
  return STATISTICS.some((each) => each === name) || PERCENTILE.test(name);
}

/** The value of a statistic; undefined for a percentile of points that came without their values. */
export function statistic(points: readonly DataPoint[], name: string): number | undefined {
  const count = points.reduce((all, point) => all + point.count, 0);
  const sum = points.reduce((all, point) => all + point.sum, 0);
  switch (name) {
    case 'SampleCount':
      return count;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return Math.min(...points.map(({ minimum }) => minimum));
    case 'Maximum':
      return Math.max(...points.map(({ maximum }) => maximum));
    default:
      return percentile(points, Number(PERCENTILE.exec(name)?.[1]));
  }
}

/** The value that this share of the values does not exceed. */
function percentile(points: readonly DataPoint[], share: number): number | undefined {
  const values = points.flatMap((point) => point.values ?? []).sort(([a], [b]) => a - b);
  const count = values.reduce((all, [, each]) => all + each, 0);
  if (count === 0 || Number.isNaN(share)) return undefined;
  let left = (share / 100) * count;
  for (const [value, each] of values) {
    left -= each;
    if (left <= 0) return value;
  }
  return values.at(-1)?.[0];
}

/** The points of one period. */
export interface Bucket {
  /** Epoch milliseconds at which the period begins. */
  readonly start: number;
  readonly points: readonly DataPoint[];
}

/** Points by their periods, the oldest first; periods without points are left out. @param period milliseconds */
export function buckets(points: readonly DataPoint[], period: number): readonly Bucket[] {
  const byStart = new Map<number, DataPoint[]>();
  for (const point of points) {
    const start = Math.floor(point.time / period) * period;
    byStart.set(start, [...(byStart.get(start) ?? []), point]);
  }
  return [...byStart].sort(([a], [b]) => a - b).map(([start, own]) => ({ start, points: own }));
}
