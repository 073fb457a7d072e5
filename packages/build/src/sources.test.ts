import { expect, test } from 'vitest';
import { project } from './fixtures/project.js';
import type { InventorySource } from './inventory.js';
import { takeInventory } from './take-inventory.js';

const APP = `
import { App, bucket, bus, lambda, queue, schedule, stream, tableStream, topic, websocket } from 'goblet';
import * as z from 'zod';

export const Order = z.object({ id: z.string() });

export const app = new App('events', {
  sources: {
    jobs: queue(Order, { batchSize: 20, batchWindow: 1, filters: [{ body: { a: [1] } }] }),
    lines: queue(String),
    fanned: queue(topic(Order)),
    told: queue(topic(bucket())),
    placed: topic(Order, { filterPolicy: { kind: ['a'] } }),
    uploads: bucket({ prefix: 'in/' }),
    shipped: bus(Order, { pattern: { source: ['shop'] } }),
    clicks: stream(Order),
    bytes: stream(Uint8Array, { startingPosition: 'LATEST' }),
    changes: tableStream(Order, { retryAttempts: 2 }),
    nightly: schedule('rate(1 day)'),
    double: lambda(),
    chat: websocket({ join: z.object({ room: z.string() }), order: Order, note: String }),
    echo: websocket(Order, { routeSelectionExpression: '$request.body.type' }),
    lined: websocket(String),
  },
});
app.on('jobs', () => {});
`;

test('every kind of source is told with its options in full and its schemas by name', async () => {
  using service = project({ 'app.ts': APP });
  const { inventory } = await takeInventory({ directory: service.folder });
  const told = Object.fromEntries(inventory.sources.map(({ name, ...source }) => [name, source]));
  const streamed = { startingPosition: 'TRIM_HORIZON', bisectBatchOnError: true };
  const expected: Record<string, Omit<InventorySource, 'name' | 'source'>> = {
    jobs: {
      kind: 'queue',
      function: 'jobs',
      options: { batchSize: 20, batchWindow: 1, filters: [{ body: { a: [1] } }] },
      schemas: { body: 'Order' },
    },
    lines: { kind: 'queue', options: { text: true }, schemas: {} },
    fanned: { kind: 'queue', options: { carries: 'topic' }, schemas: { body: 'Order' } },
    told: { kind: 'queue', options: { carries: 'topic' }, schemas: {} },
    placed: { kind: 'topic', options: { filterPolicy: { kind: ['a'] } }, schemas: { message: 'Order' } },
    uploads: { kind: 'bucket', options: { events: ['s3:ObjectCreated:*'], prefix: 'in/' }, schemas: {} },
    shipped: { kind: 'bus', options: { pattern: { source: ['shop'] } }, schemas: { detail: 'Order' } },
    clicks: { kind: 'stream', options: streamed, schemas: { data: 'Order' } },
    bytes: { kind: 'stream', options: { ...streamed, startingPosition: 'LATEST', bytes: true }, schemas: {} },
    changes: {
      kind: 'tableStream',
      options: { view: 'NEW_AND_OLD_IMAGES', ...streamed, retryAttempts: 2 },
      schemas: { image: 'Order' },
    },
    nightly: { kind: 'schedule', options: { expression: 'rate(1 day)' }, schemas: {} },
    double: { kind: 'lambda', options: {}, schemas: {} },
    chat: {
      kind: 'websocket',
      options: { routeSelectionExpression: '$request.body.action', routeKeys: ['join', 'order', 'note'] },
      schemas: { 'messages.join': 'ChatMessagesJoin', 'messages.order': 'Order' },
    },
    echo: {
      kind: 'websocket',
      options: { routeSelectionExpression: '$request.body.type', routeKeys: ['$default'] },
      schemas: { message: 'Order' },
    },
    lined: {
      kind: 'websocket',
      options: { routeSelectionExpression: '$request.body.action', routeKeys: ['$default'], text: true },
      schemas: {},
    },
  };
  const { source, ...jobs } = told.jobs ?? {};
  expect(source).toEqual({ file: 'app.ts', line: expect.any(Number) });
  expect({ ...told, jobs }).toEqual(expected);
});
