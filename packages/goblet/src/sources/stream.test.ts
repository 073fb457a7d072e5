import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, stream } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, failures, fixture, keeping } from './fixtures/source-fixtures.js';

const Click = z.object({ id: z.string() });

const kinesis = (...data: (string | Uint8Array)[]) => ({
  Records: data.map((one, i) => {
    const [record] = fixture('stream').Records;
    return {
      ...record,
      kinesis: { ...record.kinesis, sequenceNumber: `s${i}`, data: Buffer.from(one).toString('base64') },
    };
  }),
});

test('text is delivered with what Kinesis says of it', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { texts: stream(String) } });
  const seen: unknown[] = [];
  app.on('texts', ({ records }) => void seen.push(...records.map(({ fail, failed, ...record }) => record)));
  expect(await lambdaHandler(app, 'texts')(fixture('stream'), context)).toEqual(failures());
  expect(seen).toEqual([
    {
      id: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
      data: 'Hello, this is a test.',
      partitionKey: '1',
      sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
      time: new Date('2018-12-17T22:10:50.987Z'),
    },
    expect.objectContaining({ data: 'This is only a test.' }),
  ]);
});

test('a record that is refused goes back with all behind it, and only those before it reach the handler', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { clicks: stream(Click) } });
  const seen: string[] = [];
  app.on('clicks', ({ records }) => void seen.push(...records.map(({ data }) => data.id)));
  const clicks = lambdaHandler(app, 'clicks');
  expect(await clicks(kinesis('{"id":"a"}', 'nonsense', '{"id":"b"}'), context)).toEqual(failures('s1', 's2'));
  expect(await clicks(kinesis('{"id":"c"}', new Uint8Array([0xff])), context)).toEqual(failures('s1'));
  expect(seen).toEqual(['a', 'c']);
});

test('text that is no UTF-8 is refused, not repaired', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { texts: stream(String) } });
  app.on('texts', () => expect.unreachable());
  expect(await lambdaHandler(app, 'texts')(kinesis(new Uint8Array([0xff])), context)).toEqual(failures('s0'));
});

test('a record that fails takes those behind it along', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { clicks: stream(Click) } });
  app.on('clicks', ({ records }) => records[1]?.fail());
  const event = kinesis('{"id":"a"}', '{"id":"b"}', '{"id":"c"}');
  expect(await lambdaHandler(app, 'clicks')(event, context)).toEqual(failures('s1', 's2'));
});

test('a handler that throws gives the whole batch back', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { clicks: stream(Click) } });
  app.on('clicks', () => {
    throw new Error('why');
  });
  await expect(lambdaHandler(app, 'clicks')(kinesis('{"id":"a"}'), context)).rejects.toThrow('why');
});

test.for([undefined, {}, { Records: [{ kinesis: {} }] }, fixture('table-stream')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    const app = new App('x', { sources: { clicks: stream(Click) } });
    app.on('clicks', () => {});
    await expect(lambdaHandler(app, 'clicks')(event, context)).rejects.toThrow(
      'GOBLET_EVENT_SOURCE: the event is not one of a Kinesis stream',
    );
  },
);

test('what the test client puts on the stream is what the handler gets, bytes and JSON', async () => {
  const app = new App('x', { sources: { bytes: stream(Uint8Array), any: stream(z.unknown()) } });
  let seen: unknown[] = [];
  app.on('bytes', ({ records }) => {
    seen = records.map(({ data, partitionKey }) => [data, partitionKey]);
  });
  app.on('any', ({ records }) => {
    seen = records.map(({ data }) => data);
  });
  await using client = testClient(app);
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array(),
      fc.string({ minLength: 1 }),
      fc.jsonValue(),
      async (data, partitionKey, value) => {
        await client.send('bytes', { data, partitionKey });
        expect(seen).toEqual([[data, partitionKey]]);
        await client.send('any', { data: value });
        expect(seen).toEqual([JSON.parse(JSON.stringify(value))]);
      },
    ),
  );
});
