import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, tableStream } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, failures, fixture, keeping } from './fixtures/source-fixtures.js';

const Item = z.object({ Id: z.number(), Message: z.string() });

test('changes are delivered with their images as JavaScript', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { changes: tableStream(Item) } });
  const seen: unknown[] = [];
  app.on('changes', ({ records }) => void seen.push(...records.map(({ fail, failed, ...record }) => record)));
  expect(await lambdaHandler(app, 'changes')(fixture('table-stream'), context)).toEqual(failures());
  const [first, changed] = [
    { Id: 101, Message: 'New item!' },
    { Id: 101, Message: 'This item has changed' },
  ];
  const time = (seconds: number) => new Date(seconds * 1000);
  const keys = { Id: 101 };
  expect(seen).toEqual([
    {
      id: '1',
      eventName: 'INSERT',
      keys,
      newImage: first,
      oldImage: undefined,
      expired: false,
      sequenceNumber: '111',
      time: time(1428537600),
    },
    {
      id: '2',
      eventName: 'MODIFY',
      keys,
      newImage: changed,
      oldImage: first,
      expired: false,
      sequenceNumber: '222',
      time: time(1428537601),
    },
    {
      id: '3',
      eventName: 'REMOVE',
      keys,
      newImage: undefined,
      oldImage: changed,
      expired: true,
      sequenceNumber: '333',
      time: time(1428537602),
    },
  ]);
});

test('a record that is refused goes back with all behind it, and only those before it reach the handler', async () => {
  const lines = keeping();
  const app = new App('x', { logger: lines.logger, sources: { changes: tableStream(Item) } });
  const seen: string[] = [];
  app.on('changes', ({ records }) => void seen.push(...records.map(({ id }) => id)));
  const event = fixture('table-stream');
  event.Records[1].dynamodb.NewImage.Id = { S: 'text' };
  expect(await lambdaHandler(app, 'changes')(event, context)).toEqual(failures('222', '333'));
  expect(seen).toEqual(['1']);
  expect(lines.lines).toHaveLength(1);
});

test('a record that fails takes those behind it along, and says so', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { changes: tableStream(Item) } });
  const failed: boolean[] = [];
  app.on('changes', ({ records }) => {
    records[1]?.fail('told to');
    failed.push(...records.map((record) => record.failed));
  });
  expect(await lambdaHandler(app, 'changes')(fixture('table-stream'), context)).toEqual(failures('222', '333'));
  expect(failed).toEqual([false, true, true]);
});

test('a handler that throws gives the whole batch back', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { changes: tableStream(Item) } });
  app.on('changes', () => {
    throw new Error('why');
  });
  await expect(lambdaHandler(app, 'changes')(fixture('table-stream'), context)).rejects.toThrow('why');
});

test('a stream of another view than the source declares is refused, saying what to do', async () => {
  const lines = keeping();
  const app = new App('x', { logger: lines.logger, sources: { changes: tableStream(Item) } });
  app.on('changes', () => expect.unreachable());
  const event = fixture('table-stream');
  delete event.Records[0].dynamodb.NewImage;
  expect(await lambdaHandler(app, 'changes')(event, context)).toEqual(failures('111', '222', '333'));
  expect(lines.lines[0]?.fields).toMatchObject({
    issues: "there is no NewImage; give tableStream the view of the table's stream",
  });
});

test.for([
  ['KEYS_ONLY', [undefined, undefined]],
  ['NEW_IMAGE', ['new', undefined]],
  ['OLD_IMAGE', [undefined, 'old']],
] as const)('a stream of %s has these images: %j', async ([view, images]) => {
  const app = new App('x', { sources: { changes: tableStream(z.object({ a: z.string() }), { view }) } });
  const seen: unknown[] = [];
  app.on('changes', ({ records: [record] }) => {
    const { newImage, oldImage, keys } = record as {
      newImage?: { a: string };
      oldImage?: { a: string };
      keys: unknown;
    };
    seen.push(newImage?.a, oldImage?.a);
    expect(keys).toEqual({ a: 'k' });
  });
  await using client = testClient(app);
  await client.send('changes', { newImage: { a: 'new' }, oldImage: { a: 'old' }, keys: { a: 'k' } });
  expect(seen).toEqual(images);
});

test('an event without records is done without the handler', async () => {
  const app = new App('x', { sources: { changes: tableStream(Item) } });
  app.on('changes', () => expect.unreachable());
  expect(await lambdaHandler(app, 'changes')({ Records: [] }, context)).toEqual(failures());
});

test.for([undefined, {}, { Records: [{ dynamodb: {} }] }, fixture('stream')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    const app = new App('x', { sources: { changes: tableStream(Item) } });
    app.on('changes', () => {});
    await expect(lambdaHandler(app, 'changes')(event, context)).rejects.toThrow(
      'GOBLET_EVENT_SOURCE: the event is not one of a DynamoDB stream',
    );
  },
);

test('what the test client writes is what the handler gets, inserted, changed and removed', async () => {
  const Any = z.record(z.string(), z.unknown());
  const app = new App('x', { sources: { changes: tableStream(Any) } });
  let seen: unknown[] = [];
  app.on('changes', ({ records }) => {
    seen = records.map(({ eventName, newImage, oldImage, expired }) => ({ eventName, newImage, oldImage, expired }));
  });
  await using client = testClient(app);
  const name = fc.string().filter((text) => text !== '__proto__');
  const image = fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.uint8Array()), {
    noNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(image, image, async (newImage, oldImage) => {
      await client.send('changes', { newImage }, { newImage, oldImage }, { oldImage, expired: true });
      expect(seen).toEqual([
        { eventName: 'INSERT', newImage, oldImage: undefined, expired: false },
        { eventName: 'MODIFY', newImage, oldImage, expired: false },
        { eventName: 'REMOVE', newImage: undefined, oldImage, expired: true },
      ]);
    }),
  );
});
