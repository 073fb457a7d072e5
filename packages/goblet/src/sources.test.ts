import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, lambda, queue, schedule } from './index.js';
import { lambdaHandler } from './lambda.js';
import type { LambdaContext } from './route-types.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({
    messageId: `m${i}`,
    receiptHandle: `h${i}`,
    body,
    attributes: { ApproximateReceiveCount: '2' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
  })),
});
const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

function queueApp(handle: (id: string) => void) {
  const app = new App('x', {
    logger: quiet,
    setup: () => ({ greeting: 'hello' }),
    sources: { jobs: queue(z.object({ id: z.string() })) },
  });
  app.on('jobs', ({ records, deps }) => {
    for (const record of records) {
      if (record.body.id === 'fail') record.fail('told to');
      else handle(`${deps.greeting} ${record.body.id} ${record.attempts}`);
    }
  });
  return lambdaHandler(app, 'jobs');
}

test('records of a queue are decoded, in order', async () => {
  const seen: string[] = [];
  const jobs = queueApp((id) => seen.push(id));
  expect(await jobs(sqs('{"id":"a"}', '{"id":"b"}'), context)).toEqual(failures());
  expect(seen).toEqual(['hello a 2', 'hello b 2']);
});

test('records that fail, and those that are no JSON or do not match, go back alone', async () => {
  const seen: string[] = [];
  const jobs = queueApp((id) => seen.push(id));
  const event = sqs('{"id":"a"}', '{"id":"fail"}', 'nonsense', '{"id":7}');
  expect(await jobs(event, context)).toEqual({
    batchItemFailures: expect.arrayContaining(failures('m1', 'm2', 'm3').batchItemFailures),
  });
  expect(seen).toEqual(['hello a 2']);
});

test('a handler that throws gives the whole batch back', async () => {
  const jobs = queueApp(() => {
    throw new Error('why');
  });
  await expect(jobs(sqs('{"id":"a"}'), context)).rejects.toThrow('why');
});

test('a schedule gives its time', async () => {
  const times: Date[] = [];
  const app = new App('x', { sources: { nightly: schedule('rate(1 day)') } });
  app.on('nightly', ({ records }) => void times.push(...records.map(({ time }) => time)));
  await lambdaHandler(app, 'nightly')({ time: '2026-01-02T03:04:05Z' }, context);
  expect(times).toEqual([new Date('2026-01-02T03:04:05Z')]);
});

test('a function that is invoked gets its payload and answers', async () => {
  const app = new App('x', { sources: { double: lambda() } });
  app.on('double', ({ records: [n] }) => Number(n) * 2);
  expect(await lambdaHandler(app, 'double')(21, context)).toBe(42);
});
