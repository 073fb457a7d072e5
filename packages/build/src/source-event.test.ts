import { describe, expect, test } from 'vitest';
import { project } from './fixtures/project.js';
import { sourceEvent } from './source-event.js';

const APP = `
import { App, bus, lambda, queue, schedule, stream, tableStream, topic } from 'goblet';
import * as z from 'zod';
export const app = new App('service', {
  sources: {
    jobs: queue(z.object({ job: z.string() })),
    nightly: schedule('rate(1 day)'),
    total: lambda(),
    news: topic(String),
    orders: bus(z.object({ id: z.number() }), { pattern: { source: ['shop'], 'detail-type': ['Ordered'] } }),
    bytes: stream(Uint8Array),
    changes: tableStream(z.object({ id: z.string() })),
  },
});
for (const name of ['jobs', 'nightly', 'total', 'news', 'orders', 'bytes', 'changes']) app.on(name, () => {});
`;

async function made(source: string, ...sent: readonly unknown[]) {
  using service = project({ 'app.ts': APP });
  return await sourceEvent({ directory: service.folder, source, sent });
}

describe.concurrent('the event of a source', () => {
  test('is what AWS would send, with one record for each thing sent', async () => {
    expect(await made('jobs', { job: 'letter' }, { job: 'parcel' })).toMatchObject({
      app: 'service',
      kind: 'queue',
      event: {
        Records: [
          { eventSource: 'aws:sqs', body: '{"job":"letter"}' },
          { eventSource: 'aws:sqs', body: '{"job":"parcel"}' },
        ],
      },
    });
  });

  test.each([
    ['news', { message: 'hello' }, { Records: [{ Sns: { Message: 'hello' } }] }],
    ['orders', { detail: { id: 1 } }, { source: 'shop', 'detail-type': 'Ordered', detail: { id: 1 } }],
    ['bytes', { data: 'hi' }, { Records: [{ kinesis: { data: 'aGk=' } }] }],
    [
      'changes',
      { newImage: { id: 'a' } },
      { Records: [{ eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'a' } } } }] },
    ],
    ['nightly', '2026-11-28T10:00:00Z', { 'detail-type': 'Scheduled Event', time: '2026-11-28T10:00:00Z' }],
    ['total', -5, -5],
  ])('of %s carries %j', async (source, sent, event) => {
    const { event: given } = await made(source, sent);
    if (typeof event === 'object') expect(given).toMatchObject(event);
    else expect(given).toBe(event);
  });

  test('of a schedule needs nothing sent', async () => {
    expect((await made('nightly')).event).toMatchObject({ source: 'aws.events' });
  });

  test.each([
    [
      'a source that is not there',
      'jbs',
      ['x'],
      /^GOBLET_BUILD_SEND: the app service in app\.ts has no source jbs; its sources: jobs, nightly, /,
    ],
    ['nothing for a queue', 'jobs', [], /^GOBLET_BUILD_SEND: the queue jobs needs a record; give one/],
    [
      'two things for a function',
      'total',
      [1, 2],
      /^GOBLET_BUILD_SEND: the lambda total does not accept this record: the source delivers one/,
    ],
    ['no time for a schedule', 'nightly', [5], /^GOBLET_BUILD_SEND: the schedule nightly takes a time, such as/],
    ['what no image is', 'changes', [null], /^GOBLET_BUILD_SEND: the tableStream changes does not accept this record/],
    ['more than an argument takes', 'jobs', ['x'.repeat(40_000)], /^GOBLET_BUILD_SEND: .* at most 32000 are allowed/],
  ])('refuses %s', async (_what, source, sent, reason) => {
    await expect(made(source, ...sent)).rejects.toThrow(reason);
  });
});
