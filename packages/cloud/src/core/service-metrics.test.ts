import { expect, test } from 'vitest';
import { type MeasuredMinute, ServiceMetrics } from './service-metrics.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const MINUTE = 60_000;

function recorded(now: () => number) {
  const reports: (readonly MeasuredMinute[])[] = [];
  const metrics = new ServiceMetrics(now);
  metrics.reportTo(async (measured) => {
    reports.push(measured);
  });
  const source = metrics.of('Shop', SCOPE, 'a', () => [{ Name: 'a' }]);
  if (source === undefined) throw new Error('nobody wants to know');
  return { metrics, source, reports };
}

test('values of a minute are added up and reported as one, again as long as more come', async () => {
  const { metrics, source, reports } = recorded(() => MINUTE + 1);
  for (const value of [1, 2, 3]) source.add('Size', 'Bytes', value);
  await metrics.flush();
  source.add('Size', 'Bytes', 10);
  await metrics.flush();
  await metrics.flush();
  expect(reports.map(([size]) => [size?.minute, size?.count, size?.sum, size?.minimum, size?.maximum])).toEqual([
    [MINUTE, 3, 6, 1, 3],
    [MINUTE, 4, 16, 1, 10],
  ]);
});

test('a minute that has passed is reported beside the one that runs', async () => {
  let now = MINUTE;
  const { metrics, source, reports } = recorded(() => now);
  source.add('Count', 'Count');
  now = 2 * MINUTE;
  source.add('Count', 'Count');
  await metrics.flush();
  expect(reports[0]?.map(({ minute, sum }) => [minute, sum])).toEqual([
    [MINUTE, 1],
    [2 * MINUTE, 1],
  ]);
});

test('however many different values come, few hundred are kept, with their total exact', async () => {
  const { metrics, source, reports } = recorded(() => 0);
  for (let value = 0; value < 5000; value++) source.add('Duration', 'Milliseconds', 1000 + value + 0.5);
  await metrics.flush();
  const [duration] = reports[0] ?? [];
  expect(duration?.values.length).toBeLessThanOrEqual(300);
  expect(duration?.values.reduce((sum, [, count]) => sum + count, 0)).toBe(5000);
  expect(duration?.sum).toBe(5000 * 1000.5 + (4999 * 5000) / 2);
});

test('nothing is measured while nobody wants to know', () => {
  expect(new ServiceMetrics(() => 0).of('Shop', SCOPE, 'a', () => [{}])).toBeUndefined();
});
