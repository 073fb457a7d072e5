import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, bus } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, fixture, keeping } from './fixtures/source-fixtures.js';

const Created = z.object({ object: z.object({ key: z.string(), size: z.number() }) });

function created(handle: (record: unknown) => void) {
  const sources = { created: bus(Created, { pattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] } }) };
  const app = new App('x', { logger: keeping().logger, sources });
  app.on('created', ({ records: [record] }) => handle(record));
  return app;
}

test('an event is delivered with its detail by the schema', async () => {
  const seen: unknown[] = [];
  await lambdaHandler(
    created((record) => seen.push(record)),
    'created',
  )(fixture('bus'), context);
  expect(seen).toEqual([
    {
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      source: 'aws.s3',
      detailType: 'Object Created',
      detail: { object: { key: 'example-key', size: 5 } },
      time: new Date('2021-11-12T00:00:00Z'),
      account: '111122223333',
      region: 'ca-central-1',
      resources: ['arn:aws:s3:::amzn-s3-demo-bucket1'],
    },
  ]);
});

test('an event whose detail is refused fails the invocation without the handler', async () => {
  const handler = lambdaHandler(
    created(() => expect.unreachable()),
    'created',
  );
  await expect(handler({ ...fixture('bus'), detail: {} }, context)).rejects.toThrow(
    'GOBLET_RECORD: 1 of 1 records do not match their schema',
  );
});

test.for([undefined, {}, { ...fixture('bus'), source: 7 }, fixture('topic')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    await expect(
      lambdaHandler(
        created(() => {}),
        'created',
      )(event, context),
    ).rejects.toThrow('GOBLET_EVENT_SOURCE: the event is not one of an EventBridge bus');
  },
);

test('an empty pattern is refused where it is declared', () => {
  expect(() => bus(Created, { pattern: {} })).toThrow('GOBLET_BUS_PATTERN');
});

test('the test client sends what the pattern names, one event at a time', async () => {
  const seen: unknown[] = [];
  await using client = testClient(created((record) => seen.push(record)));
  const detail = { object: { key: 'a', size: 1 } };
  await client.send('created', { detail });
  await client.send('created', { detail, source: 'other', detailType: 'Else', resources: ['arn'] });
  expect(seen).toMatchObject([
    { source: 'aws.s3', detailType: 'Object Created', resources: [] },
    { source: 'other', detailType: 'Else', resources: ['arn'] },
  ]);
  await expect(client.send('created', { detail }, { detail })).rejects.toThrow('GOBLET_TEST_SEND');
});

test('what the test client puts on the bus is what the handler gets', async () => {
  const app = new App('x', { sources: { any: bus(z.unknown(), { pattern: { source: [{ prefix: '' }] } }) } });
  let seen: unknown;
  app.on('any', ({ records: [record] }) => {
    seen = record?.detail;
  });
  await using client = testClient(app);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (detail) => {
      await client.send('any', { detail });
      expect(seen).toEqual(JSON.parse(JSON.stringify(detail)));
    }),
  );
});
