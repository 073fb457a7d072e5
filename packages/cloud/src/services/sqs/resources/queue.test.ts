import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ResourceContext } from '../../../core/resource-type.js';
import { testCloud } from '../../../testing/index.js';
import { sqs } from '../index.js';
import { queueResource } from './queue.js';
import { queuePolicyResource } from './queue-policy.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };

async function stackCloud() {
  const cloud = await testCloud({ services: [sqs] });
  const context: ResourceContext = {
    ...SCOPE,
    stackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/app/1',
    stackName: 'app',
    logicalId: 'Jobs',
    stackTags: { app: 'users' },
    call: (service, operation, input, resourceId) =>
      cloud.context.dispatch(service, operation, input, {
        ...SCOPE,
        principal: { kind: 'root', account: SCOPE.account },
        requestId: randomUUID(),
        sourceIp: '127.0.0.1',
        ...(resourceId !== undefined && { resourceId }),
      }),
  };
  const attributes = async (QueueUrl: string): Promise<Readonly<Record<string, string>>> =>
    (await context.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).Attributes ?? {};
  return { ...cloud, context, attributes };
}

test('a queue is made under AWS’s own URL, taken up after a cut, changed, changed back and deleted', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  const url = queueResource.newId?.({}, context) ?? '';
  expect(url).toMatch(/^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/000000000000\/app-Jobs-[A-Z0-9]{12}$/);
  const { attributes } = await queueResource.create(url, {}, context);
  const name = url.split('/').at(-1);
  expect(attributes).toEqual({ Arn: `arn:aws:sqs:eu-west-1:000000000000:${name}`, QueueName: name, QueueUrl: url });
  const { LastModifiedTimestamp: _first, ...before } = await cloud.attributes(url);
  await queueResource.create(url, {}, context);
  await queueResource.update(url, { VisibilityTimeout: 60, Tags: [{ Key: 'team', Value: 'users' }] }, {}, context);
  expect(await cloud.attributes(url)).toMatchObject({ VisibilityTimeout: '60' });
  expect((await context.call('sqs', 'ListQueueTags', { QueueUrl: url })).Tags).toMatchObject({
    app: 'users',
    team: 'users',
    'aws:cloudformation:logical-id': 'Jobs',
  });
  await queueResource.update(url, {}, { VisibilityTimeout: 60 }, context);
  expect(await cloud.attributes(url)).toMatchObject(before);
  await queueResource.delete(url, {}, context);
  await queueResource.delete(url, {}, context);
});

test('a queue of somebody else is not taken over', async () => {
  await using cloud = await stackCloud();
  await cloud.context.call('sqs', 'CreateQueue', { QueueName: 'jobs' });
  const url = 'https://sqs.eu-west-1.amazonaws.com/000000000000/jobs';
  await expect(queueResource.create(url, { QueueName: 'jobs' }, cloud.context)).rejects.toMatchObject({
    code: 'QueueNameExists',
  });
});

test('a FIFO queue gets a name that ends as it must', async () => {
  await using cloud = await stackCloud();
  expect(queueResource.newId?.({ FifoQueue: true }, cloud.context)).toMatch(/\/app-Jobs-[A-Z0-9]{12}\.fifo$/);
});

test('a policy stands on its queues until it goes', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  const urls = ['one', 'two'].map((name) => `https://sqs.eu-west-1.amazonaws.com/000000000000/${name}`);
  for (const QueueName of ['one', 'two']) await context.call('sqs', 'CreateQueue', { QueueName });
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }],
  };
  const policies = async () => Promise.all(urls.map(async (url) => (await cloud.attributes(url)).Policy !== undefined));
  await queuePolicyResource.create('policy', { Queues: urls, PolicyDocument }, context);
  expect(await policies()).toEqual([true, true]);
  const fewer = { Queues: urls.slice(0, 1), PolicyDocument };
  await queuePolicyResource.update('policy', fewer, { Queues: urls, PolicyDocument }, context);
  expect(await policies()).toEqual([true, false]);
  await queuePolicyResource.delete('policy', fewer, context);
  expect(await policies()).toEqual([false, false]);
});
