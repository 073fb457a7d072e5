import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, topic } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, fixture, keeping } from './fixtures/source-fixtures.js';

const Order = z.object({ id: z.string() });

/** An event of these messages; SNS itself sends one at a time. */
const sns = (...messages: string[]) => ({
  Records: messages.map((Message, i) => {
    const [record] = fixture('topic').Records;
    return { ...record, Sns: { ...record.Sns, MessageId: `m${i}`, Message } };
  }),
});

function orders(handle: (id: string) => void, lines = keeping()) {
  const app = new App('x', { logger: lines.logger, sources: { orders: topic(Order) } });
  app.on('orders', ({ records }) => {
    for (const { message } of records) handle(message.id);
  });
  return lambdaHandler(app, 'orders');
}

test('a message is delivered with what SNS says of it', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { texts: topic(String) } });
  const seen: unknown[] = [];
  app.on('texts', ({ records }) => void seen.push(...records));
  expect(await lambdaHandler(app, 'texts')(fixture('topic'), context)).toBeUndefined();
  expect(seen).toEqual([
    {
      id: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
      message: 'Hello from SNS!',
      subject: 'TestInvoke',
      attributes: { Test: 'TestString', TestBinary: new Uint8Array([1, 2]) },
      time: new Date('2019-01-02T12:45:07.000Z'),
      topicArn: 'arn:aws:sns:us-east-1:123456789012:sns-lambda',
    },
  ]);
});

test('every message of an event reaches the handler', async () => {
  const seen: string[] = [];
  await orders((id) => seen.push(id))(sns('{"id":"a"}', '{"id":"b"}'), context);
  expect(seen).toEqual(['a', 'b']);
});

test('a message that is refused is logged and fails the invocation, once the others are done', async () => {
  const seen: string[] = [];
  const lines = keeping();
  const invocation = orders((id) => seen.push(id), lines)(sns('{"id":7}', '{"id":"b"}', 'nonsense'), context);
  await expect(invocation).rejects.toMatchObject({
    code: 'GOBLET_RECORD',
    message: 'GOBLET_RECORD: 2 of 3 records do not match their schema',
  });
  expect(seen).toEqual(['b']);
  expect(lines.lines.map(({ message }) => message)).toEqual([
    'The record does not match its schema',
    'The record does not match its schema',
  ]);
});

test('the handler is not called where every message is refused', async () => {
  const invocation = orders(() => expect.unreachable())(sns('nonsense'), context);
  await expect(invocation).rejects.toThrow('GOBLET_RECORD: 1 of 1 records do not match their schema');
});

test('a handler that throws fails the invocation with its own error', async () => {
  const invocation = orders(() => {
    throw new Error('why');
  })(sns('{"id":"a"}', 'nonsense'), context);
  await expect(invocation).rejects.toThrow('why');
});

test.for([undefined, {}, { Records: [{ Sns: {} }] }, fixture('queue'), fixture('bus')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    await expect(orders(() => {})(event, context)).rejects.toThrow(
      'GOBLET_EVENT_SOURCE: the event is not one of an SNS topic',
    );
  },
);

test('what the test client publishes is what the handler gets', async () => {
  const app = new App('x', { sources: { any: topic(z.unknown()) } });
  let seen: unknown;
  app.on('any', ({ records }) => {
    seen = records.map(({ message, subject, attributes }) => ({ message, subject, attributes }));
  });
  await using client = testClient(app);
  const attributes = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.uint8Array()), { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.string(), attributes, async (message, subject, attributes) => {
      await client.send('any', { message, subject, attributes });
      expect(seen).toEqual([{ message: JSON.parse(JSON.stringify(message)), subject, attributes }]);
    }),
  );
});
