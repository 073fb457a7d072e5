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

test.for([
  'daily',
  'rate()',
  'rate(day)',
  'rate(0 days)',
  'rate(1 days)',
  'rate(5 minute)',
  'rate(1.5 hours)',
  'rate(1 week)',
  'cron(0 10 * * *)',
  'cron(0 10 * * ? * *)',
  'cron(0 10 * * * *)',
])('%s is refused where it is declared', (expression) => {
  expect(() => schedule(expression)).toThrow(
    `GOBLET_SCHEDULE: "${expression}" is neither a rate, as rate(1 day) and rate(5 minutes), nor a cron of six fields, as cron(0 10 * * ? *)`,
  );
});

test.for([
  'rate(1 minute)',
  'rate(90 minutes)',
  'rate(2 days)',
  'cron(0 10 * * ? *)',
  'cron(15 12 ? * MON-FRI 2026)',
  'cron(0/15 * L * ? *)',
])('%s is taken', (expression) => {
  expect(schedule(expression).options).toMatchObject({ expression });
});
