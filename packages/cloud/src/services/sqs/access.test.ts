import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Principal } from '../../core/principal.js';
import { testCloud } from '../../testing/index.js';
import { sqs } from './index.js';

const SCOPE = { account: '111111111111', region: 'eu-west-1' };
const URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/jobs';
const owner: Principal = { kind: 'root', account: SCOPE.account };
const guest: Principal = { kind: 'root', account: '222222222222' };
const topic: Principal = {
  kind: 'service',
  account: SCOPE.account,
  service: 'sns.amazonaws.com',
  sourceArn: 'arn:aws:sns:eu-west-1:111111111111:news',
};

async function queueOf(statement?: object) {
  const cloud = await testCloud({ services: [sqs] });
  const as = (principal: Principal, operation: string, input: object) =>
    cloud.context.dispatch('sqs', operation, input, {
      ...SCOPE,
      principal,
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  await as(owner, 'CreateQueue', { QueueName: 'jobs' });
  if (statement) {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await as(owner, 'SetQueueAttributes', { QueueUrl: URL, Attributes: { Policy } });
  }
  return { ...cloud, as };
}

const message = { QueueUrl: URL, MessageBody: 'hello' };

test('nobody but the owner may do anything without a policy, and the denial is told', async () => {
  await using cloud = await queueOf();
  await expect(cloud.as(guest, 'SendMessage', message)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({
      kind: 'accessDenied',
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs',
    }),
  );
});

test('the queue’s policy lets another account send, in batches too, and do nothing else', async () => {
  await using cloud = await queueOf({
    Effect: 'Allow',
    Principal: { AWS: guest.account },
    Action: 'sqs:SendMessage',
    Resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs',
  });
  await cloud.as(guest, 'SendMessage', message);
  const Entries = [{ Id: 'a', MessageBody: 'hello' }];
  await cloud.as(guest, 'SendMessageBatch', { QueueUrl: URL, Entries });
  await expect(cloud.as(guest, 'ReceiveMessage', { QueueUrl: URL })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('a service sends under the conditions of the queue’s policy', async () => {
  await using cloud = await queueOf({
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: '*',
    Condition: { ArnEquals: { 'aws:SourceArn': topic.sourceArn } },
  });
  await cloud.as(topic, 'SendMessage', message);
  const other: Principal = { ...topic, sourceArn: `${topic.sourceArn}-other` };
  await expect(cloud.as(other, 'SendMessage', message)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
