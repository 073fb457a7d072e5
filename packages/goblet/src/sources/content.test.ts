import { type } from 'arktype';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, bus, queue, stream, tableStream, topic } from '../index.js';
import { testClient } from '../testing.js';

const later = { validate: async (value: unknown) => ({ value }), version: 1, vendor: 'later' } as const;

test.for([
  ['Zod', z.object({ id: z.string() })],
  ['Valibot', v.object({ id: v.string() })],
  ['ArkType', type({ id: 'string' })],
  ['an asynchronous library', { '~standard': { ...later, types: { input: { id: '' }, output: { id: '' } } } }],
] as const)('every source takes schemas of %s', async ([, schema]) => {
  const app = new App('x', {
    sources: {
      jobs: queue(schema),
      fanned: queue(topic(schema)),
      placed: topic(schema),
      shipped: bus(schema, { pattern: { source: ['a'] } }),
      clicks: stream(schema),
      changes: tableStream(schema),
    },
  });
  const seen: unknown[] = [];
  app.on('jobs', ({ records }) => void seen.push(...records.map(({ body }) => body)));
  app.on('fanned', ({ records }) => void seen.push(...records.map(({ body }) => body.message)));
  app.on('placed', ({ records }) => void seen.push(...records.map(({ message }) => message)));
  app.on('shipped', ({ records }) => void seen.push(...records.map(({ detail }) => detail)));
  app.on('clicks', ({ records }) => void seen.push(...records.map(({ data }) => data)));
  app.on('changes', ({ records }) => void seen.push(...records.map(({ newImage }) => newImage)));
  await using client = testClient(app);
  await client.send('jobs', { id: '1' });
  await client.send('fanned', { message: { id: '2' } });
  await client.send('placed', { message: { id: '3' } });
  await client.send('shipped', { detail: { id: '4' } });
  await client.send('clicks', { data: { id: '5' } });
  await client.send('changes', { newImage: { id: '6' } });
  expect(seen).toEqual(['1', '2', '3', '4', '5', '6'].map((id) => ({ id })));
});

test.each([undefined, null, 'Job', 7, {}])('messages of %j are refused where they are declared', (content) => {
  for (const declare of [queue, topic])
    expect(() => declare(content as never)).toThrow(/^GOBLET_SOURCE_OPTION: the (body|message) is .*; it is a schema/);
});
