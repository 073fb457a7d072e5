import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../cloud.js';
import { testCloud } from '../../testing/index.js';
import { sqs } from './index.js';

async function queueCloud(options: CloudOptions = {}) {
  let ahead = 0;
  const cloud = await testCloud({ services: [sqs], iam: 'off', now: () => Date.now() + ahead, ...options });
  const client = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const receive = async (QueueUrl: string, input: Partial<ReceiveMessageCommandInput> = {}) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...input }),
    );
    return Messages;
  };
  return {
    ...cloud,
    client,
    receive,
    create: async (QueueName: string, Attributes: Partial<Record<QueueAttributeName, string>> = {}) =>
      (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '',
    send: (QueueUrl: string, MessageBody: string, input: Partial<SendMessageCommandInput> = {}) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...input })),
    bodies: async (QueueUrl: string) => (await receive(QueueUrl)).map(({ Body }) => Body),
    attributes: async (QueueUrl: string) =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes,
    /** @param seconds less than the five minutes by which clocks may differ */
    pass: (seconds: number) => {
      ahead += seconds * 1000;
    },
  };
}

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

test('a queue is made once, found by name, described with AWS’s defaults, and deleted', async () => {
  await using cloud = await queueCloud();
  const { client } = cloud;
  const url = await cloud.create('jobs');
  expect(url).toBe(`${cloud.endpoint}/000000000000/jobs`);
  expect(await cloud.create('jobs')).toBe(url);
  await expect(cloud.create('jobs', { DelaySeconds: '5' })).rejects.toMatchObject({ name: 'QueueNameExists' });
  expect((await client.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).QueueUrl).toBe(url);
  expect(await cloud.attributes(url)).toMatchObject({
    QueueArn: arn('jobs'),
    VisibilityTimeout: '30',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    ApproximateNumberOfMessages: '0',
  });
  expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'jo' }))).QueueUrls).toEqual([url]);
  await client.send(new DeleteQueueCommand({ QueueUrl: url }));
  await expect(cloud.send(url, 'late')).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
  });
});

test('a client that knows no endpoint of its own is led back here by the queue’s URL', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  const { credentials } = cloud.clientConfig();
  const client = new SQSClient({
    region: 'eu-west-1',
    credentials,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'home' }));
  expect(await cloud.bodies(`https://sqs.eu-west-1.amazonaws.com/000000000000/jobs`)).toEqual(['home']);
});

test('a message is received with its attributes, hidden, seen again after its visibility timeout, and deleted', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  await cloud.send(url, 'one', {
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'import' },
      size: { DataType: 'Number', StringValue: '3' },
      mark: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
    },
  });
  const [first] = await cloud.receive(url, { MessageAttributeNames: ['All'] });
  expect(first).toMatchObject({
    Body: 'one',
    Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'import' },
      mark: { BinaryValue: Uint8Array.of(1, 2) },
    },
  });
  expect(await cloud.receive(url)).toEqual([]);
  expect(await cloud.attributes(url)).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
  });
  cloud.pass(31);
  const [again] = await cloud.receive(url);
  expect(again).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
  // AWS was recorded to delete by the handle of the first receipt after the second.
  await cloud.client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
  cloud.pass(31);
  expect(await cloud.receive(url)).toEqual([]);
});

// The value that moto's tests hold.
test('the digest of attributes is AWS’s', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  const { MD5OfMessageAttributes } = await cloud.send(url, 'derp', {
    MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
  });
  expect(MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
});

test('a receiver that waits gets a message the moment it is sent', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  const waiting = cloud.receive(url, { WaitTimeSeconds: 20 });
  await cloud.send(url, 'here');
  expect((await waiting).map(({ Body }) => Body)).toEqual(['here']);
});

test('receivers that wait end with the cloud', async () => {
  const cloud = await queueCloud();
  const QueueUrl = await cloud.create('jobs');
  const waiting = cloud.context.dispatch(
    'sqs',
    'ReceiveMessage',
    { QueueUrl, WaitTimeSeconds: 20 },
    { ...SCOPE, principal: { kind: 'root', account: SCOPE.account }, requestId: 'r', sourceIp: '127.0.0.1' },
  );
  await cloud.close();
  expect(await waiting).toEqual({});
});

test('a message can be delayed, given back at once, and purged', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  await cloud.send(url, 'later', { DelaySeconds: 60 });
  expect(await cloud.receive(url)).toEqual([]);
  expect(await cloud.attributes(url)).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1' });
  cloud.pass(61);
  const [{ ReceiptHandle } = {}] = await cloud.receive(url);
  const giveBack = new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 });
  await cloud.client.send(giveBack);
  expect(await cloud.bodies(url)).toEqual(['later']);
  cloud.pass(31);
  await expect(cloud.client.send(giveBack)).rejects.toThrow('not available for visibility timeout change');
  await cloud.client.send(new PurgeQueueCommand({ QueueUrl: url }));
  cloud.pass(31);
  expect(await cloud.receive(url)).toEqual([]);
});

test('a message that was received too often goes to the dead-letter queue', async () => {
  await using cloud = await queueCloud();
  const dead = await cloud.create('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 });
  const url = await cloud.create('jobs', { RedrivePolicy, VisibilityTimeout: '0' });
  await cloud.send(url, 'poison');
  expect(await cloud.bodies(url)).toEqual(['poison']);
  expect(await cloud.bodies(url)).toEqual(['poison']);
  expect(await cloud.bodies(url)).toEqual([]);
  expect(await cloud.receive(dead)).toMatchObject([
    { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arn('jobs') } },
  ]);
  await expect(cloud.create('other', { RedrivePolicy: RedrivePolicy.replace(':dead', ':nowhere') })).rejects.toThrow(
    'Dead letter target does not exist.',
  );
});

test('a FIFO queue gives each group in order, one receipt at a time, and takes a message once', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs.fifo', { FifoQueue: 'true' });
  const send = (body: string, MessageGroupId: string) =>
    cloud.send(url, body, { MessageGroupId, MessageDeduplicationId: body });
  const first = await send('a1', 'a');
  await send('a2', 'a');
  await send('b1', 'b');
  expect(await send('a1', 'a')).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
  const [a1] = await cloud.receive(url, { MaxNumberOfMessages: 1 });
  expect(a1?.Body).toBe('a1');
  expect(await cloud.bodies(url)).toEqual(['b1']);
  await cloud.client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: a1?.ReceiptHandle }));
  expect(await cloud.bodies(url)).toEqual(['a2']);
  await expect(cloud.send(url, 'x', { MessageGroupId: 'a' })).rejects.toThrow('ContentBasedDeduplication');
  await expect(cloud.send(url, 'x')).rejects.toThrow('MessageGroupId');
});

test('content-based deduplication knows a body again', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  for (const body of ['same', 'same', 'other']) await cloud.send(url, body, { MessageGroupId: 'a' });
  expect(await cloud.bodies(url)).toEqual(['same', 'other']);
});

test('a batch tells which of its entries failed', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  const send = (Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    cloud.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  const { Successful, Failed } = await send([
    { Id: 'good', MessageBody: 'good' },
    { Id: 'bad', MessageBody: 'bad', DelaySeconds: 901 },
  ]);
  expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
  expect(Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
  await expect(send([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
  await expect(send(Array(2).fill({ Id: 'a', MessageBody: 'x' }))).rejects.toMatchObject({
    name: 'BatchEntryIdsNotDistinct',
  });
  const [message] = await cloud.receive(url);
  const Entries = [
    { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
    { Id: 'b', ReceiptHandle: 'nonsense' },
  ];
  const deleted = await cloud.client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  expect(deleted.Successful).toEqual([{ Id: 'a' }]);
  expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
});

test('what a queue does not take is refused in AWS’s words', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs', { MaximumMessageSize: '1024' });
  await expect(cloud.send(url, 'x'.repeat(1025))).rejects.toThrow('Message must be shorter than 1024 bytes.');
  await expect(cloud.send(url, '\u0000')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  await expect(cloud.receive(url, { MaxNumberOfMessages: 11 })).rejects.toThrow('Value 11 for parameter');
  await expect(cloud.create('jobs.fifo')).rejects.toThrow('alphanumeric');
  await expect(cloud.create('other', { VisibilityTimeout: '43201' })).rejects.toMatchObject({
    name: 'InvalidAttributeValue',
  });
  // AWS was recorded to say of these attributes what they need.
  for (const name of ['DeduplicationScope', 'FifoThroughputLimit']) {
    await expect(cloud.create('other', { [name]: 'perQueue' })).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: `You can specify the ${name} only when FifoQueue is set to true.`,
    });
  }
});

test('attributes and tags change', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  const { client } = cloud;
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '5' } }));
  expect(await cloud.attributes(url)).toMatchObject({ VisibilityTimeout: '5' });
  await client.send(new TagQueueCommand({ QueueUrl: url, Tags: { team: 'users', stage: 'dev' } }));
  await client.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: ['stage'] }));
  expect((await client.send(new ListQueueTagsCommand({ QueueUrl: url }))).Tags).toEqual({ team: 'users' });
});

test('queues, messages, receipts and what was deduplicated are there again after a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-sqs-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await queueCloud(options);
  await first.create('jobs.fifo', { FifoQueue: 'true' });
  const url = (cloud: { readonly endpoint: string }) => `${cloud.endpoint}/000000000000/jobs.fifo`;
  const send = (cloud: typeof first, body: string, MessageGroupId: string) =>
    cloud.send(url(cloud), body, { MessageGroupId, MessageDeduplicationId: body });
  await send(first, 'a1', 'a');
  await send(first, 'a2', 'a');
  await send(first, 'b1', 'b');
  const [taken] = await first.receive(url(first), { MaxNumberOfMessages: 1 });
  await first.close();
  await using second = await queueCloud(options);
  await send(second, 'b1', 'b');
  expect(await second.bodies(url(second))).toEqual(['b1']);
  const QueueUrl = url(second);
  await second.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: taken?.ReceiptHandle }));
  expect(await second.bodies(QueueUrl)).toEqual(['a2']);
});

test('flags of a queue may be written as Python writes them', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs.fifo', { FifoQueue: 'True', ContentBasedDeduplication: 'True' });
  expect(await cloud.attributes(url)).toMatchObject({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  const Attributes = { ContentBasedDeduplication: 'False' };
  await cloud.client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  expect(await cloud.attributes(url)).toMatchObject({ ContentBasedDeduplication: 'false' });
});

test('a FIFO queue gives all of one group before the next, and a group that was out comes last', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  for (const body of ['a1', 'b1', 'a2', 'b2']) await cloud.send(url, body, { MessageGroupId: body.charAt(0) });
  expect(await cloud.bodies(url)).toEqual(['a1', 'a2', 'b1', 'b2']);
  cloud.pass(31);
  const first = await cloud.receive(url, { MaxNumberOfMessages: 1 });
  expect(first.map(({ Body }) => Body)).toEqual(['a1']);
  cloud.pass(31);
  expect(await cloud.bodies(url)).toEqual(['b1', 'b2', 'a1', 'a2']);
});

test('a standard queue lets the last receiver hide a message that became visible', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  await cloud.send(url, 'slow');
  const [{ ReceiptHandle } = {}] = await cloud.receive(url);
  cloud.pass(31);
  await cloud.client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 60 }));
  expect(await cloud.receive(url)).toEqual([]);
});

test('a FIFO batch is refused whole where an entry lacks its group or its deduplication', async () => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs.fifo', { FifoQueue: 'true' });
  const send = (entry: object) =>
    cloud.client.send(
      new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'a', MessageBody: 'x', ...entry }] }),
    );
  await expect(send({ MessageDeduplicationId: 'd' })).rejects.toThrow(
    'The request must contain the parameter MessageGroupId.',
  );
  await expect(send({ MessageGroupId: 'g' })).rejects.toThrow(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
  expect(await cloud.receive(url)).toEqual([]);
});

test('a queue is known by its name as well as by its URL', async () => {
  await using cloud = await queueCloud();
  await cloud.create('jobs');
  await cloud.send('jobs', 'hello');
  expect(await cloud.bodies('jobs')).toEqual(['hello']);
});

test.each([
  [
    { MaxNumberOfMessages: 11 },
    'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    { WaitTimeSeconds: 21 },
    'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  ],
])('receiving with %j is refused', async (input, message) => {
  await using cloud = await queueCloud();
  const url = await cloud.create('jobs');
  await expect(cloud.receive(url, input)).rejects.toMatchObject({ message });
});
