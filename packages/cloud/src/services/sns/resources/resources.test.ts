import { expect, test } from 'vitest';
import { lambdaCloud } from '../../lambda/fixtures/lambda-cloud.js';
import { resourceContext } from '../../lambda/fixtures/resource-context.js';
import { subscriptionResource } from './subscription.js';
import { topicResource } from './topic.js';
import { topicPolicyResource } from './topic-policy.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:jobs';

async function stackCloud() {
  const cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Orders');
  const get = async (operation: string, input: object): Promise<Record<string, string>> =>
    (await context.call('sns', operation, input)).Attributes;
  return {
    ...cloud,
    context,
    topic: (TopicArn: string) => get('GetTopicAttributes', { TopicArn }),
    subscription: (SubscriptionArn: string) => get('GetSubscriptionAttributes', { SubscriptionArn }),
  };
}

test('a topic is made, taken up after a cut, changed, changed back and deleted', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  const properties = { Subscription: [{ Protocol: 'sqs', Endpoint: QUEUE }] };
  const arn = topicResource.newId?.(properties, context) ?? '';
  expect(arn).toMatch(/^arn:aws:sns:eu-west-1:000000000000:.+-Orders-[A-Z0-9]{12}$/);
  expect(await topicResource.create(arn, properties, context)).toEqual({
    attributes: { TopicArn: arn, TopicName: arn.split(':').at(-1) },
  });
  await topicResource.create(arn, properties, context);
  const before = await cloud.topic(arn);
  expect(before).toMatchObject({ SubscriptionsConfirmed: '1' });
  const changed = { DisplayName: 'Orders', Tags: [{ Key: 'team', Value: 'orders' }] };
  await topicResource.update(arn, changed, properties, context);
  expect(await cloud.topic(arn)).toMatchObject({ DisplayName: 'Orders', SubscriptionsConfirmed: '0' });
  const { Tags } = await context.call('sns', 'ListTagsForResource', { ResourceArn: arn });
  expect(Tags).toContainEqual({ Key: 'team', Value: 'orders' });
  await topicResource.update(arn, properties, changed, context);
  expect(await cloud.topic(arn)).toEqual(before);
  await topicResource.delete(arn, properties, context);
  await topicResource.delete(arn, properties, context);
});

test('a topic of somebody else is not taken over', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  await context.call('sns', 'CreateTopic', { Name: 'orders' });
  const properties = { TopicName: 'orders' };
  const arn = topicResource.newId?.(properties, context) ?? '';
  await expect(topicResource.create(arn, properties, context)).rejects.toThrow('different tags');
});

test('a subscription is made, taken up after a cut, changed, changed back and deleted', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  const { TopicArn = '' } = await context.call('sns', 'CreateTopic', { Name: 'orders' });
  const plain = { TopicArn, Protocol: 'sqs', Endpoint: QUEUE };
  const arn = subscriptionResource.newId?.(plain, context) ?? '';
  const filtered = {
    ...plain,
    FilterPolicy: { a: [1] },
    FilterPolicyScope: 'MessageBody',
    RawMessageDelivery: true,
    RedrivePolicy: { deadLetterTargetArn: QUEUE },
  };
  await subscriptionResource.create(arn, plain, context);
  await subscriptionResource.create(arn, plain, context);
  const before = await cloud.subscription(arn);
  await subscriptionResource.update(arn, filtered, plain, context);
  expect(await cloud.subscription(arn)).toMatchObject({
    FilterPolicy: '{"a":[1]}',
    FilterPolicyScope: 'MessageBody',
    RawMessageDelivery: 'true',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QUEUE }),
  });
  await subscriptionResource.update(arn, plain, filtered, context);
  expect(await cloud.subscription(arn)).toEqual(before);
  const other = subscriptionResource.newId?.(plain, context) ?? '';
  await expect(subscriptionResource.create(other, plain, context)).rejects.toThrow(`already, by ${arn}`);
  await subscriptionResource.delete(arn, plain, context);
  await subscriptionResource.delete(arn, plain, context);
});

test('a policy stands on its topics until it goes', async () => {
  await using cloud = await stackCloud();
  const { context } = cloud;
  const topics: string[] = [];
  for (const Name of ['one', 'two']) topics.push((await context.call('sns', 'CreateTopic', { Name })).TopicArn ?? '');
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'ours', Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' }],
  };
  const ours = async () => Promise.all(topics.map(async (arn) => (await cloud.topic(arn)).Policy?.includes('ours')));
  const both = { Topics: topics, PolicyDocument };
  const fewer = { Topics: topics.slice(0, 1), PolicyDocument };
  await topicPolicyResource.create('policy', both, context);
  expect(await ours()).toEqual([true, true]);
  await topicPolicyResource.update('policy', fewer, both, context);
  expect(await ours()).toEqual([true, false]);
  await topicPolicyResource.delete('policy', fewer, context);
  expect(await ours()).toEqual([false, false]);
});
