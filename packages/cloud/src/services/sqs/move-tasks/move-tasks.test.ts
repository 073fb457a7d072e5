import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { testCloud } from '../../../testing/index.js';
import { sqs } from '../index.js';

const PATIENCE = { timeout: 20_000 };
const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

/** A cloud with the queue `jobs`, whose messages are dead once they were received, and its dead-letter queue `dead`. */
async function redriveCloud(options: CloudOptions = {}, suffix = '') {
  const cloud = await testCloud({ services: [sqs], ...options });
  const client = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const create = async (name: string, Attributes: Record<string, string> = {}) => {
    const fifo = suffix && { FifoQueue: 'true' };
    const input = { QueueName: `${name}${suffix}`, Attributes: { ...fifo, ...Attributes } };
    return (await client.send(new CreateQueueCommand(input))).QueueUrl ?? '';
  };
  const dead = await create('dead');
  const jobs = await create('jobs', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(`dead${suffix}`), maxReceiveCount: 1 }),
    VisibilityTimeout: '0',
  });
  const receive = async (QueueUrl: string, system: 'All'[] = []) => {
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageSystemAttributeNames: system };
    return (await client.send(new ReceiveMessageCommand(input))).Messages ?? [];
  };
  /** Sends messages and receives them until they are dead. */
  const kill = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const order = suffix && { MessageGroupId: 'g', MessageDeduplicationId: `d${i}` };
      await client.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: `${i}`, ...order }));
    }
    while ((await receive(jobs)).length > 0);
  };
  const tasks = async (MaxResults = 1) => {
    const input = { SourceArn: arn(`dead${suffix}`), MaxResults };
    return (await client.send(new ListMessageMoveTasksCommand(input))).Results ?? [];
  };
  const ended = (Status: string) =>
    vi.waitFor(async () => {
      const [task] = await tasks();
      expect(task).toMatchObject({ Status });
      return task as ListMessageMoveTasksResultEntry;
    }, PATIENCE);
  const start = async (input: object = {}) =>
    (await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn(`dead${suffix}`), ...input }))).TaskHandle;
  return { ...cloud, client, create, dead, jobs, receive, kill, tasks, ended, start };
}

test('messages return to the queue that they came from, as new ones', async () => {
  await using cloud = await redriveCloud();
  await cloud.kill(3);
  expect(await cloud.receive(cloud.jobs)).toEqual([]);
  const handle = await cloud.start();
  expect(JSON.parse(Buffer.from(handle ?? '', 'base64').toString())).toMatchObject({ sourceArn: arn('dead') });
  expect(await cloud.ended('COMPLETED')).toEqual({
    Status: 'COMPLETED',
    SourceArn: arn('dead'),
    ApproximateNumberOfMessagesMoved: 3,
    ApproximateNumberOfMessagesToMove: 3,
    StartedTimestamp: expect.any(Number),
  });
  const back = await cloud.receive(cloud.jobs, ['All']);
  expect(back.map(({ Body }) => Body).sort()).toEqual(['0', '1', '2']);
  expect(back[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
  expect(back[0]?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  expect(await cloud.receive(cloud.dead)).toEqual([]);
});

test('messages go to another queue at the rate that was asked for, until the task is cancelled', async () => {
  await using cloud = await redriveCloud();
  const other = await cloud.create('other');
  await cloud.kill(10);
  const TaskHandle = await cloud.start({ DestinationArn: arn('other'), MaxNumberOfMessagesPerSecond: 1 });
  await vi.waitFor(async () => expect((await cloud.receive(other)).length).toBeGreaterThan(0), PATIENCE);
  expect((await cloud.tasks())[0]).toMatchObject({
    ...{ Status: 'RUNNING', TaskHandle, DestinationArn: arn('other'), MaxNumberOfMessagesPerSecond: 1 },
    ApproximateNumberOfMessagesToMove: 10,
  });
  await expect(cloud.start()).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  });
  const cancelled = await cloud.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  expect(cancelled.ApproximateNumberOfMessagesMoved).toBeGreaterThan(0);
  expect(await cloud.ended('CANCELLED')).not.toHaveProperty('TaskHandle');
  expect((await cloud.receive(cloud.dead)).length).toBeGreaterThan(0);
});

test('a task whose destination is deleted fails with the reason', async () => {
  await using cloud = await redriveCloud();
  const other = await cloud.create('other');
  await cloud.kill(5);
  await cloud.start({ DestinationArn: arn('other'), MaxNumberOfMessagesPerSecond: 5 });
  await cloud.client.send(new DeleteQueueCommand({ QueueUrl: other }));
  expect(await cloud.ended('FAILED')).toMatchObject({ FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' });
});

test('a FIFO queue takes back messages that it still knows by their deduplication ids', async () => {
  await using cloud = await redriveCloud({}, '.fifo');
  await cloud.kill(2);
  await cloud.start();
  await cloud.ended('COMPLETED');
  expect((await cloud.receive(cloud.jobs)).map(({ Body }) => Body)).toEqual(['0', '1']);
});

test('a task that the end of the cloud cut off goes on at the next start, and loses nothing', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-move-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await redriveCloud(options);
  const other = await first.create('other');
  await first.kill(3);
  await first.start({ DestinationArn: arn('other'), MaxNumberOfMessagesPerSecond: 2 });
  await vi.waitFor(async () => expect((await first.receive(other)).length).toBeGreaterThan(0), PATIENCE);
  await first.close();
  await using second = await redriveCloud(options);
  await vi.waitFor(async () => expect((await second.tasks())[0]).toMatchObject({ Status: 'COMPLETED' }), PATIENCE);
  const bodies = (await second.receive(`${second.endpoint}/000000000000/other`)).map(({ Body }) => Body);
  expect(bodies.sort()).toEqual(['0', '1', '2']);
});

test('a queue that is nobody’s dead-letter queue, one that is missing, and a handle of no task are refused', async () => {
  await using cloud = await redriveCloud();
  const { client } = cloud;
  await expect(cloud.start({ SourceArn: arn('jobs') })).rejects.toMatchObject({
    message: 'Source queue must be configured as a Dead Letter Queue.',
  });
  await expect(cloud.start({ DestinationArn: arn('nowhere') })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
    $metadata: { httpStatusCode: 404 },
  });
  const cancel = (handle: string) => client.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle }));
  const handle = (sourceArn: string) =>
    Buffer.from(JSON.stringify({ taskId: '10f57157-fc38-4da9-a113-4de7e12d05dd', sourceArn })).toString('base64');
  await expect(cancel('foobared')).rejects.toMatchObject({ message: 'Value for parameter TaskHandle is invalid.' });
  await expect(cancel(handle(arn('nowhere')))).rejects.toMatchObject({
    message: "The resource that you specified for the SourceArn parameter doesn't exist.",
  });
  await expect(cancel(handle(arn('dead')))).rejects.toMatchObject({ message: 'Task does not exist.' });
});

test('the source queues of a dead-letter queue are listed', async () => {
  await using cloud = await redriveCloud();
  const list = async (QueueUrl: string) =>
    (await cloud.client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }))).queueUrls;
  expect(await list(cloud.dead)).toEqual([cloud.jobs]);
  expect(await list(cloud.jobs)).toEqual([]);
});
