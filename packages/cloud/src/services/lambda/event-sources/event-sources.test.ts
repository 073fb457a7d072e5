import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';
import { resourceContext } from '../fixtures/resource-context.js';
import { eventSourceMapping } from '../resources/event-source-mapping.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/000000000000/${name}`;

/** Says what it was given, and does what the bodies say. */
const HANDLER = `export const handler = async ({ Records }) => {
  console.log('EVENT ' + JSON.stringify(Records));
  if (Records.some(({ body }) => body === 'throw')) throw new Error('on purpose');
  return { batchItemFailures: Records.filter(({ body }) => body === 'fail').map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

async function queueCloud(options: CloudOptions = {}) {
  const cloud = await lambdaCloud(options);
  const call = (operation: string, input: object) =>
    cloud.context.dispatch('sqs', operation, input, {
      ...SCOPE,
      principal: { kind: 'root', account: SCOPE.account },
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  return {
    ...cloud,
    queue: (QueueName: string, Attributes: Record<string, string> = {}) =>
      call('CreateQueue', { QueueName, Attributes }),
    send: (name: string, MessageBody: string, more: object = {}) =>
      call('SendMessage', { QueueUrl: url(name), MessageBody, ...more }),
    map: (name: string, settings: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      cloud.client.send(
        new CreateEventSourceMappingCommand({ EventSourceArn: arn(name), FunctionName: 'users', ...settings }),
      ),
    /** Messages in the queue, received or not. */
    left: async (name: string) => {
      const { Attributes } = await call('GetQueueAttributes', { QueueUrl: url(name), AttributeNames: ['All'] });
      return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
    },
    /** The batches that the function was given. */
    batches: (): { body: string }[][] =>
      cloud.events.flatMap((event) =>
        event.kind === 'log' && event.message.includes('EVENT ')
          ? [JSON.parse(event.message.slice(event.message.indexOf('EVENT ') + 6))]
          : [],
      ),
  };
}

const bodies = (batches: { body: string }[][]) => batches.flat().map(({ body }) => body);

test('messages reach the function as AWS documents them, and are deleted', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  await cloud.map('jobs');
  const { MessageId } = await cloud.send('jobs', 'hello', {
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'import' },
      mark: { DataType: 'Binary', BinaryValue: 'AQI=' },
    },
  });
  await expect.poll(cloud.batches).toEqual([
    [
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          kind: { stringValue: 'import', stringListValues: [], binaryListValues: [], dataType: 'String' },
          mark: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: arn('jobs'),
        awsRegion: 'eu-west-1',
      },
    ],
  ]);
  await expect.poll(() => cloud.left('jobs')).toBe(0);
});

test('a batch that failed is tried again as a whole, until it is in the dead-letter queue', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER, { Timeout: 1 });
  await cloud.queue('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 });
  await cloud.queue('jobs', { VisibilityTimeout: '1', RedrivePolicy });
  await cloud.send('jobs', 'throw');
  await cloud.map('jobs');
  await expect.poll(() => cloud.left('dead'), { timeout: 10_000 }).toBe(1);
  expect(bodies(cloud.batches())).toEqual(['throw', 'throw']);
});

test('of a batch whose failures are reported only those stay, and without the mapping saying so none does', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  for (const name of ['reports', 'silent']) {
    await cloud.queue(name);
    for (const body of ['good', 'fail', 'fine']) await cloud.send(name, body);
  }
  await cloud.map('reports', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await cloud.map('silent');
  await expect.poll(() => cloud.left('silent')).toBe(0);
  await expect.poll(() => cloud.left('reports')).toBe(1);
});

test('an answer that cannot be read as a report fails the whole batch', async () => {
  await using cloud = await queueCloud();
  const source = `export const handler = async ({ Records }) => {
    console.log('EVENT ' + JSON.stringify(Records));
    return { batchItemFailures: [{ itemIdentifier: 'unknown' }] };
  };`;
  await cloud.create('users', source);
  await cloud.queue('jobs');
  await cloud.send('jobs', 'one');
  const { UUID } = await cloud.map('jobs', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await expect.poll(() => cloud.batches().length).toBe(1);
  await cloud.client.send(new DeleteEventSourceMappingCommand({ UUID }));
  expect(await cloud.left('jobs')).toBe(1);
});

test('a batch is gathered for its window, and sent once it is full', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  await cloud.map('jobs', { BatchSize: 12, MaximumBatchingWindowInSeconds: 60 });
  for (let n = 0; n < 12; n++) await cloud.send('jobs', String(n));
  await expect.poll(() => cloud.batches().map((batch) => batch.length)).toEqual([12]);
});

test('messages that match no filter are deleted, and never handed over', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  const Filters = [{ Pattern: JSON.stringify({ body: { size: [{ numeric: ['>', 1] }] } }) }];
  for (const body of ['{"size":1}', '{"size":2}', 'text']) await cloud.send('jobs', body);
  expect(await cloud.map('jobs', { FilterCriteria: { Filters } })).toMatchObject({ FilterCriteria: { Filters } });
  await expect.poll(() => cloud.left('jobs')).toBe(0);
  expect(bodies(cloud.batches())).toEqual(['{"size":2}']);
});

test('a filter of text lets text through alone', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  const Filters = [{ Pattern: JSON.stringify({ body: [{ prefix: 'te' }] }) }];
  for (const body of ['{"te":1}', 'text', 'other']) await cloud.send('jobs', body);
  await cloud.map('jobs', { FilterCriteria: { Filters } });
  await expect.poll(() => cloud.left('jobs')).toBe(0);
  expect(bodies(cloud.batches())).toEqual(['text']);
});

test('a FIFO queue is handled in the order of each group', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  await cloud.map('jobs.fifo', { BatchSize: 2 });
  const sent = Array.from({ length: 9 }, (_, n) => String(n));
  for (const body of sent) await cloud.send('jobs.fifo', body, { MessageGroupId: 'a' });
  await expect.poll(() => bodies(cloud.batches()), { timeout: 5000 }).toEqual(sent);
  await expect.poll(() => cloud.left('jobs.fifo')).toBe(0);
});

test('no more batches are handled at a time than the mapping says', async () => {
  await using cloud = await queueCloud();
  const source = `export const handler = async () => { console.log('EVENT []'); await new Promise(() => setTimeout(() => {}, 60_000)); };`;
  await cloud.create('users', source, { Timeout: 30 });
  await cloud.queue('jobs');
  for (const body of ['a', 'b', 'c', 'd']) await cloud.send('jobs', body);
  await cloud.map('jobs', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
  await expect.poll(() => cloud.batches().length, { timeout: 5000 }).toBe(2);
  const { Attributes } = await cloud.context.dispatch(
    'sqs',
    'GetQueueAttributes',
    { QueueUrl: url('jobs'), AttributeNames: ['All'] },
    { ...SCOPE, principal: { kind: 'root', account: SCOPE.account }, requestId: 'r', sourceIp: '127.0.0.1' },
  );
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '2' });
});

test('a mapping that is disabled reads nothing until it is enabled', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  const { UUID, State } = await cloud.map('jobs', { Enabled: false });
  expect(State).toBe('Creating');
  expect(await cloud.client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({ State: 'Disabled' });
  await cloud.send('jobs', 'one');
  expect(await cloud.left('jobs')).toBe(1);
  expect(cloud.batches()).toEqual([]);
  expect(
    await cloud.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true, BatchSize: 5 })),
  ).toMatchObject({ State: 'Enabling', StateTransitionReason: 'USER_INITIATED' });
  expect(await cloud.client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    BatchSize: 5,
  });
  await expect.poll(() => bodies(cloud.batches())).toEqual(['one']);
});

test('a restart goes on reading', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-sources-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await queueCloud(options);
  await first.create('users', HANDLER);
  await first.queue('jobs');
  await first.map('jobs');
  await first.close();
  await using second = await queueCloud(options);
  await second.send('jobs', 'later');
  await expect.poll(() => bodies(second.batches())).toEqual(['later']);
});

test('a mapping is listed, made once for a queue and a function, and deleted', async () => {
  await using cloud = await queueCloud();
  const { client } = cloud;
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  const { UUID } = await cloud.map('jobs');
  await expect(cloud.map('jobs')).rejects.toMatchObject({ name: 'ResourceConflictException' });
  const list = async () =>
    (await client.send(new ListEventSourceMappingsCommand({ FunctionName: 'users' }))).EventSourceMappings;
  expect(await list()).toMatchObject([{ UUID, EventSourceArn: arn('jobs'), State: 'Enabled', BatchSize: 10 }]);
  expect(await client.send(new DeleteEventSourceMappingCommand({ UUID }))).toMatchObject({ State: 'Deleting' });
  expect(await list()).toEqual([]);
  await expect(client.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('what does not go together, or is not there, is refused by name', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER, { Timeout: 31 });
  await cloud.create('fast', HANDLER);
  await cloud.queue('jobs');
  await cloud.queue('jobs.fifo', { FifoQueue: 'true' });
  await expect(cloud.map('jobs')).rejects.toThrow(
    'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
  );
  const fast = { FunctionName: 'fast' };
  await expect(cloud.map('nowhere', fast)).rejects.toThrow('The specified queue does not exist.');
  await expect(cloud.map('jobs', { ...fast, BatchSize: 11 })).rejects.toThrow('must be greater than 0');
  await expect(cloud.map('jobs.fifo', { ...fast, MaximumBatchingWindowInSeconds: 1 })).rejects.toThrow('FIFO');
  await expect(cloud.map('jobs', { ...fast, StartingPosition: 'LATEST' })).rejects.toThrow('StartingPosition');
  await expect(cloud.map('jobs', { FunctionName: 'nobody' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const FilterCriteria = { Filters: [{ Pattern: '{"body":[{"wildcard":"*"}]}' }] };
  await expect(cloud.map('jobs', { ...fast, FilterCriteria })).rejects.toMatchObject({
    message: 'Invalid filter pattern definition.',
  });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining('wildcard') }),
  );
  const EventSourceArn = 'arn:aws:mq:eu-west-1:000000000000:broker:clicks';
  await expect(cloud.map('jobs', { ...fast, EventSourceArn })).rejects.toThrow('broker:clicks is none');
  const kafka = { EventSourceArn: undefined, SelfManagedEventSource: { Endpoints: {} } };
  await expect(cloud.map('jobs', { ...fast, ...kafka })).rejects.toThrow('none for Kafka');
});

test('a stack’s mapping is made, taken up after a cut, changed back to the defaults and deleted', async () => {
  await using cloud = await queueCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('jobs');
  const context = resourceContext(cloud, 'Mapping');
  const properties = { EventSourceArn: arn('jobs'), FunctionName: 'users', BatchSize: 3, Enabled: false };
  const id = eventSourceMapping.newId?.(properties, context) ?? '';
  await eventSourceMapping.create(id, properties, context);
  await eventSourceMapping.create(id, properties, context);
  const described = () => cloud.client.send(new GetEventSourceMappingCommand({ UUID: id }));
  expect(await described()).toMatchObject({ BatchSize: 3, State: 'Disabled' });
  const { BatchSize: _size, Enabled: _enabled, ...plain } = properties;
  await eventSourceMapping.update(id, plain, properties, context);
  expect(await described()).toMatchObject({ BatchSize: 10, State: 'Enabled' });
  await eventSourceMapping.delete(id, plain, context);
  await eventSourceMapping.delete(id, plain, context);
});
