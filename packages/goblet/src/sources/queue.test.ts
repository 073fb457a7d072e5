import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { App, bucket, bus, queue, topic } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, failures, fixture, keeping } from './fixtures/source-fixtures.js';

const Job = z.object({ id: z.string() });

const sqs = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({ ...fixture('queue').Records[0], messageId: `m${i}`, body })),
});

/** Messages of a FIFO queue, `group:id` each. */
const fifo = (...messages: string[]) => ({
  Records: messages.map((message) => {
    const [group, id = ''] = message.split(':');
    const [first] = fixture('fifo-queue').Records;
    return {
      ...first,
      messageId: id,
      body: id.startsWith('bad') ? 'nonsense' : JSON.stringify({ id }),
      attributes: { ...first.attributes, MessageGroupId: group },
    };
  }),
});

function queueApp(handle: (id: string) => void, lines = keeping()) {
  const app = new App('x', {
    logger: lines.logger,
    setup: () => ({ greeting: 'hello' }),
    sources: { jobs: queue(Job) },
  });
  app.on('jobs', ({ records, deps }) => {
    for (const record of records) {
      if (record.failed) continue;
      if (record.body.id.startsWith('fail')) record.fail('told to');
      else handle(`${deps.greeting} ${record.body.id}`);
    }
  });
  return lambdaHandler(app, 'jobs');
}

test('records of a queue are decoded, in order', async () => {
  const seen: unknown[] = [];
  const app = new App('x', { logger: keeping().logger, sources: { jobs: queue(Job) } });
  app.on('jobs', ({ records }) => void seen.push(...records.map(({ fail, failed, ...record }) => record)));
  expect(await lambdaHandler(app, 'jobs')(fixture('queue'), context)).toEqual(failures());
  expect(seen).toEqual([
    {
      id: '059f36b4-87a3-44ab-83d2-661975830a7d',
      body: { id: 'a' },
      attempts: 1,
      attributes: { kind: 'import', size: '123', mark: new Uint8Array([1, 2]) },
      group: undefined,
    },
    { id: '2e1424d4-f796-459a-8184-9c92662be6da', body: { id: 'b' }, attempts: 3, attributes: {}, group: undefined },
  ]);
});

test('records that fail, and those that are no JSON or do not match, go back alone', async () => {
  const seen: string[] = [];
  const jobs = queueApp((id) => seen.push(id));
  const event = sqs('{"id":"a"}', '{"id":"fail"}', 'nonsense', '{"id":7}', '{"id":"b"}');
  expect(await jobs(event, context)).toEqual(failures('m1', 'm2', 'm3'));
  expect(seen).toEqual(['hello a', 'hello b']);
});

test('a record that is refused is logged with its id and its issues', async () => {
  const lines = keeping();
  await queueApp(() => {}, lines)(sqs('{"id":7}'), context);
  expect(lines.lines).toEqual([
    {
      message: 'The record does not match its schema',
      fields: expect.objectContaining({
        record: 'm0',
        source: 'jobs',
        issues: [expect.objectContaining({ path: ['id'] })],
      }),
    },
  ]);
});

test('a schema that throws refuses its record', async () => {
  const Throwing = z.string().refine((text) => {
    if (text === 'bad') throw new Error('why');
    return true;
  });
  const app = new App('x', { logger: keeping().logger, sources: { jobs: queue(Throwing) } });
  app.on('jobs', () => {});
  expect(await lambdaHandler(app, 'jobs')(sqs('"good"', '"bad"'), context)).toEqual(failures('m1'));
});

test('a handler that throws gives the whole batch back', async () => {
  const jobs = queueApp(() => {
    throw new Error('why');
  });
  await expect(jobs(sqs('{"id":"a"}'), context)).rejects.toThrow('why');
});

test('in a FIFO queue the later records of a group go back with the first that failed', async () => {
  const seen: string[] = [];
  const jobs = queueApp((id) => seen.push(id));
  const event = fifo('1:a', '2:b', '1:fail', '1:c', '2:d', '1:e');
  expect(await jobs(event, context)).toEqual(failures('fail', 'c', 'e'));
  expect(seen).toEqual(['hello a', 'hello b', 'hello d']);
});

test('in a FIFO queue the records behind one that is refused do not reach the handler', async () => {
  const seen: string[] = [];
  const app = new App('x', { logger: keeping().logger, sources: { jobs: queue(Job) } });
  app.on('jobs', ({ records }) => void seen.push(...records.map(({ id, group }) => `${group}:${id}`)));
  const event = fifo('1:a', '1:bad', '2:b', '1:c', '2:d');
  expect(await lambdaHandler(app, 'jobs')(event, context)).toEqual(failures('bad', 'c'));
  expect(seen).toEqual(['1:a', '2:b', '2:d']);
});

test('groups of a queue that is not FIFO have no order', async () => {
  const event = fifo('1:fail', '1:b');
  for (const record of event.Records) record.eventSourceARN = 'arn:aws:sqs:us-east-2:123456789012:fair';
  expect(await queueApp(() => {})(event, context)).toEqual(failures('fail'));
});

test('whatever fails in a FIFO queue, what is done of a group is what came before its first failure', async () => {
  const message = fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('ok', 'fail', 'bad'));
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 10 }), async (messages) => {
      const names = messages.map(([group, kind], i) => `${group}:${kind}${i}`);
      const answer = await queueApp(() => {})(fifo(...names), context);
      const stopped = new Set<string>();
      const expected = names.flatMap((name) => {
        const [group = '', id = ''] = name.split(':');
        if (!id.startsWith('ok')) stopped.add(group);
        return stopped.has(group) ? [id] : [];
      });
      expect(answer).toEqual(failures(...expected));
    }),
  );
});

test('an event without records is done without the handler', async () => {
  const jobs = queueApp(() => expect.unreachable());
  expect(await jobs({ Records: [] }, context)).toEqual(failures());
});

test.for([undefined, null, {}, { Records: [null] }, { Records: [{}] }, fixture('topic'), fixture('stream')])(
  'an event of something else is refused by its code: %j',
  async (event) => {
    await expect(queueApp(() => {})(event, context)).rejects.toThrow(
      'GOBLET_EVENT_SOURCE: the event is not one of an SQS queue',
    );
  },
);

test('text is delivered as it is', async () => {
  const app = new App('x', { sources: { lines: queue(String) } });
  const seen: string[] = [];
  app.on('lines', ({ records }) => void seen.push(...records.map(({ body }) => body)));
  await using client = testClient(app);
  await client.send('lines', 'not json', '{"a":1}');
  expect(seen).toEqual(['not json', '{"a":1}']);
});

test('what the test client sends is what the handler gets', async () => {
  const app = new App('x', { sources: { any: queue(z.unknown()) } });
  let seen: unknown[] = [];
  app.on('any', ({ records }) => {
    seen = records.map(({ body }) => body);
  });
  await using client = testClient(app);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), async (values) => {
      await client.send('any', ...values);
      expect(seen).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('a queue that a topic publishes to delivers its notifications', async () => {
  const app = new App('x', {
    logger: keeping().logger,
    sources: { texts: queue(topic(String)), jobs: queue(topic(Job)) },
  });
  const seen: unknown[] = [];
  app.on('texts', ({ records }) => void seen.push(...records.map(({ body }) => body)));
  app.on('jobs', ({ records }) => void seen.push(...records.map(({ body }) => [body.message.id, body.subject])));
  const event = sqs(JSON.stringify(fixture('topic-in-queue')), '{"id":"raw"}');
  expect(await lambdaHandler(app, 'texts')(event, context)).toEqual(failures('m1'));
  await using client = testClient(app);
  await client.send('jobs', { message: { id: 'a' }, subject: 's' });
  expect(seen).toEqual([
    {
      id: '63a3f6b6-d533-4a47-aef9-fcf5cf758c76',
      message: 'Hello world!',
      subject: 'Testing publish to subscribed queues',
      attributes: {},
      time: new Date('2012-03-29T05:12:16.901Z'),
      topicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
    },
    ['a', 's'],
  ]);
});

test('a queue that a bucket notifies delivers its objects, and none for the test of a notification', async () => {
  const app = new App('x', { logger: keeping().logger, sources: { uploads: queue(bucket()) } });
  const seen: unknown[] = [];
  app.on('uploads', ({ records }) => void seen.push(records.map(({ body }) => body.map(({ key }) => key))));
  const event = sqs(JSON.stringify(fixture('bucket-test')), JSON.stringify(fixture('bucket')), '{}');
  expect(await lambdaHandler(app, 'uploads')(event, context)).toEqual(failures('m2'));
  await using client = testClient(app);
  await client.send('uploads', { key: 'a b+c/é' });
  expect(seen).toEqual([[[], ['café/red flower+1.jpg']], [['a b+c/é']]]);
});

test('a queue that a topic publishes to delivers what buckets tell the topic', async () => {
  const app = new App('x', { sources: { uploads: queue(topic(bucket())) } });
  const seen: unknown[] = [];
  app.on('uploads', ({ records }) => void seen.push(records.map(({ body }) => body.message.map(({ key }) => key))));
  await using client = testClient(app);
  await client.send('uploads', { message: { key: 'a b' } });
  expect(seen).toEqual([[['a b']]]);
});

test('a queue that a bus sends to delivers its events', async () => {
  const Detail = z.object({ object: z.object({ key: z.string() }) });
  const created = bus(Detail, { pattern: { source: ['aws.s3'] } });
  const app = new App('x', { logger: keeping().logger, sources: { created: queue(created) } });
  const seen: unknown[] = [];
  app.on(
    'created',
    ({ records }) => void seen.push(...records.map(({ body }) => [body.source, body.detail.object.key])),
  );
  const event = sqs(JSON.stringify(fixture('bus')), '{"detail":{}}');
  expect(await lambdaHandler(app, 'created')(event, context)).toEqual(failures('m1'));
  await using client = testClient(app);
  await client.send('created', { detail: { object: { key: 'k' } } });
  expect(seen).toEqual([
    ['aws.s3', 'example-key'],
    ['aws.s3', 'k'],
  ]);
});
