import { expect, test } from 'vitest';
import { App, schedule } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { context } from './fixtures/source-fixtures.js';

test('a schedule gives its time', async () => {
  const times: Date[] = [];
  const app = new App('x', { sources: { nightly: schedule('rate(1 day)') } });
  app.on('nightly', ({ records }) => void times.push(...records.map(({ time }) => time)));
  await lambdaHandler(app, 'nightly')({ time: '2026-01-02T03:04:05Z' }, context);
  expect(times).toEqual([new Date('2026-01-02T03:04:05Z')]);
});

test('an expression that is neither a rate nor a cron is refused where it is declared', () => {
  expect(() => schedule('daily')).toThrow('GOBLET_SCHEDULE: "daily" is neither rate(…) nor cron(…)');
});
