import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import {
  CreateQueueCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { sqs } from './index.js';

async function queueCloud(Attributes: Record<string, string> = {}) {
  const cloud = await testCloud({ services: [sqs], iam: 'off' });
  const client = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const QueueName = Attributes.FifoQueue ? 'jobs.fifo' : 'jobs';
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return {
    ...cloud,
    client,
    QueueUrl,
    receive: async (input: object = {}) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, ...input }))).Messages ?? [],
  };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A GET in the query protocol, signed by hand: clients of today do not speak it. */
async function query(cloud: TestCloud, path: string, search: string, accept = '*/*') {
  const { credentials, region } = cloud.clientConfig();
  const { host, hostname, port } = new URL(cloud.endpoint);
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const parameters = search
    .split('&')
    .filter((part) => part !== '')
    .sort()
    .join('&');
  const canonical = [
    'GET',
    path,
    parameters,
    `host:${host}`,
    `x-amz-date:${date}`,
    '',
    'host;x-amz-date',
    sha256(''),
  ].join('\n');
  const scope = `${day}/${region}/sqs/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [day, region, 'sqs', 'aws4_request'].reduce<string | Buffer>(
    (before, part) => hmac(before, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, text).toString('hex');
  const Authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
  const headers = { host, 'x-amz-date': date, Authorization, Accept: accept };
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const options = { hostname, port, path: `${path}?${parameters}`, headers };
    request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('an error of the query protocol has an empty detail', async () => {
  await using cloud = await queueCloud();
  const { body } = await query(cloud, '/000000000000/jobs', 'Action=ReceiveMessage&MaxNumberOfMessages=11');
  expect(body).toContain('<Detail></Detail>');
  expect(body).toContain('Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10');
});

test('an answer without members is empty', async () => {
  await using cloud = await queueCloud();
  const { body } = await query(cloud, '/000000000000/jobs', 'Action=ReceiveMessage');
  expect(body).toContain('<ReceiveMessageResult/>');
});

test.each(['FooBar', 'ListQueues', 'CreateQueue'])('a queue’s address does not have the action %s', async (action) => {
  await using cloud = await queueCloud();
  const { status, body } = await query(cloud, '/000000000000/jobs', `Action=${action}&Version=2012-11-05`);
  expect(status).toBe(400);
  expect(body).toContain('<Code>InvalidAction</Code>');
  expect(body).toContain(`<Message>The action ${action} is not valid for this endpoint.</Message>`);
});

test('who accepts JSON gets the answer of the query protocol as JSON', async () => {
  await using cloud = await queueCloud();
  const answer = async (path: string) =>
    JSON.parse((await query(cloud, path, 'Action=ListQueues', 'application/json')).body);
  expect(await answer('/')).toHaveProperty('ListQueuesResponse.ListQueuesResult');
  expect(await answer('/000000000000/jobs')).toMatchObject({
    Error: { Code: 'InvalidAction', Message: 'The action ListQueues is not valid for this endpoint.' },
  });
});

test('a request without an action is unknown, whatever it accepts', async () => {
  await using cloud = await queueCloud();
  for (const accept of ['*/*', 'application/json']) {
    const { status, body } = await query(cloud, '/000000000000/jobs', '', accept);
    expect({ status, body: body.slice(0, 26) }).toEqual({ status: 404, body: '<UnknownOperationException' });
  }
});

test('lists and tags that are empty are left out', async () => {
  await using cloud = await queueCloud({ MaximumMessageSize: '1024' });
  const { client, QueueUrl } = cloud;
  await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'shop' } }));
  await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['team'] }));
  expect(await client.send(new ListQueueTagsCommand({ QueueUrl }))).not.toHaveProperty('Tags');
  const batch = (MessageBody: string) =>
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody }] }));
  expect(await batch('a')).not.toHaveProperty('Failed');
  const { Failed = [], Successful } = await batch('a'.repeat(1025));
  expect(Successful).toBeUndefined();
  expect(Failed[0]?.Message).toBe(
    'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
  );
});

test('a request that is traced gives its message the trace', async () => {
  await using cloud = await queueCloud();
  const traceId = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
  cloud.client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(Reflect.get(args.request ?? {}, 'headers') ?? {}, { 'X-Amzn-Trace-Id': traceId });
      return next(args);
    },
    { step: 'build' },
  );
  await cloud.client.send(new SendMessageCommand({ QueueUrl: cloud.QueueUrl, MessageBody: 'a' }));
  const [message] = await cloud.receive({ MessageSystemAttributeNames: ['AWSTraceHeader'] });
  expect(message?.Attributes).toEqual({ AWSTraceHeader: traceId });
});

test('an attribute’s name has letters of every language, and * means every attribute', async () => {
  await using cloud = await queueCloud();
  const MessageAttributes = { 'attr.1øßä': { DataType: 'String', StringValue: 'Valida' } };
  await cloud.client.send(new SendMessageCommand({ QueueUrl: cloud.QueueUrl, MessageBody: 'a', MessageAttributes }));
  const [message] = await cloud.receive({ MessageAttributeNames: ['*'] });
  expect(message?.MessageAttributes).toEqual(MessageAttributes);
  const bad = { attr1: { DataType: 'String', StringValue: 'Invalid-\b,\v' } };
  const send = new SendMessageCommand({ QueueUrl: cloud.QueueUrl, MessageBody: 'a', MessageAttributes: bad });
  await expect(cloud.client.send(send)).rejects.toThrow("Invalid binary character '#x8'");
});

test('a FIFO queue forgets by a purge what it was sent', async () => {
  await using cloud = await queueCloud({ FifoQueue: 'true' });
  const { client, QueueUrl } = cloud;
  const send = (MessageBody: string) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'g', MessageDeduplicationId: 'd' }));
  await send('message-1');
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  await send('message-2');
  expect((await cloud.receive()).map(({ Body }) => Body)).toEqual(['message-2']);
});
