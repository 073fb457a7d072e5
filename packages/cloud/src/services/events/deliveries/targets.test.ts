import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventBusCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { iam } from '../../iam/index.js';
import { logs } from '../../logs/index.js';
import { sns } from '../../sns/index.js';
import { sqs } from '../../sqs/index.js';
import { sts } from '../../sts/index.js';
import { EVENT, eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';
import { events } from '../index.js';

const PATTERN = JSON.stringify({ source: ['shop'] });
const busArn = (name: string): string => `arn:aws:events:eu-west-1:000000000000:event-bus/${name}`;

/** A cloud with roles and topics, and a rule `orders`. */
async function targetsCloud() {
  const cloud = await eventsCloud({ services: [sqs, sns, sts, iam, logs, events] });
  const roles = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await cloud.rule('orders', { EventPattern: PATTERN });
  return {
    ...cloud,
    failure: (code: string, arn: string) =>
      expect.objectContaining({
        kind: 'warning',
        message: expect.stringContaining(`hand an event to ${arn}: ${code}`),
      }),
    /** A role of EventBridge that may do one thing. */
    role: async (RoleName: string, Action: string, Resource: string) => {
      const document = (statement: object) =>
        JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
      const AssumeRolePolicyDocument = document({
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
      });
      const { Role } = await roles.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      const PolicyDocument = document({ Action, Resource });
      await roles.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'send', PolicyDocument }));
      return Role?.Arn;
    },
  };
}

/** A bus with a rule that hands everything on to a queue. */
async function busWithQueue(cloud: Awaited<ReturnType<typeof targetsCloud>>, name: string) {
  await cloud.client.send(new CreateEventBusCommand({ Name: name }));
  await cloud.client.send(new PutRuleCommand({ Name: 'all', EventBusName: name, EventPattern: PATTERN }));
  await cloud.queue(`${name}-orders`, `${name}/all`);
  const Targets = [{ Id: 'queue', Arn: queueArn(`${name}-orders`) }];
  await cloud.client.send(new PutTargetsCommand({ Rule: 'all', EventBusName: name, Targets }));
}

test('an event comes to another bus under a role that may put it, as it is', async () => {
  await using cloud = await targetsCloud();
  await busWithQueue(cloud, 'shop');
  const RoleArn = await cloud.role('sender', 'events:PutEvents', busArn('shop'));
  await cloud.targets('orders', { Id: 'bus', Arn: busArn('shop'), RoleArn });
  const { Entries } = await cloud.put(EVENT);
  const id = expect.stringContaining(`"id":"${Entries?.[0]?.EventId}"`);
  await expect.poll(() => cloud.bodies('shop-orders')).toMatchObject([id]);
});

test('a bus takes an event without a role where its own policy lets the rule in, and not otherwise', async () => {
  await using cloud = await targetsCloud();
  await busWithQueue(cloud, 'shop');
  await cloud.targets('orders', { Id: 'bus', Arn: busArn('shop') });
  await cloud.put(EVENT);
  await expect.poll(() => cloud.events).toContainEqual(cloud.failure('NO_PERMISSIONS', busArn('shop')));
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'events:PutEvents',
    Resource: busArn('shop'),
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArn('orders') } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'in', ...statement }] });
  await cloud.client.send(new PutPermissionCommand({ EventBusName: 'shop', Policy }));
  await cloud.put({ ...EVENT, Detail: '{"order":8}' });
  await expect.poll(() => cloud.bodies('shop-orders')).toMatchObject([expect.stringContaining('"order":8')]);
});

test('an event goes to no third bus', async () => {
  await using cloud = await targetsCloud();
  await busWithQueue(cloud, 'shop');
  const RoleArn = await cloud.role('sender', 'events:PutEvents', '*');
  await cloud.targets('orders', { Id: 'bus', Arn: busArn('shop'), RoleArn });
  const Targets = [{ Id: 'back', Arn: busArn('default'), RoleArn }];
  await cloud.client.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'shop', Targets }));
  await cloud.put(EVENT);
  await expect.poll(() => cloud.events).toContainEqual(cloud.failure('THIRD_REGION_HOP_DETECTED', busArn('default')));
});

test('a role that may not, or that does not trust EventBridge, sends nothing', async () => {
  await using cloud = await targetsCloud();
  await cloud.queue('jobs', 'orders');
  const RoleArn = await cloud.role('idle', 'sqs:ReceiveMessage', '*');
  await cloud.targets(
    'orders',
    { Id: 'a', Arn: queueArn('jobs'), RoleArn },
    { Id: 'b', Arn: queueArn('other'), RoleArn: 'arn:aws:iam::000000000000:role/missing' },
  );
  await cloud.put(EVENT);
  await expect.poll(() => cloud.events).toContainEqual(cloud.failure('NO_PERMISSIONS', queueArn('jobs')));
  await expect.poll(() => cloud.events).toContainEqual(cloud.failure('FAILED_TO_ASSUME_ROLE', queueArn('other')));
});

test('a log group that a resource policy opens gets each event in a stream of its own', async () => {
  await using cloud = await targetsCloud();
  const client = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const logGroupName = '/aws/events/orders';
  const arn = `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}`;
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await cloud.targets('orders', { Id: 'logs', Arn: `${arn}:*`, InputPath: '$.detail' });
  await cloud.put(EVENT);
  await expect.poll(() => cloud.events).toContainEqual(cloud.failure('NO_PERMISSIONS', `${arn}:*`));
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'logs:*',
    Resource: `${arn}:*`,
  };
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutResourcePolicyCommand({ policyName: 'events', policyDocument }));
  await cloud.put({ ...EVENT, Detail: '{"order":8}' });
  const messages = async () => {
    const { events: found = [] } = await client.send(new FilterLogEventsCommand({ logGroupName }));
    return found.map(({ message }) => message);
  };
  await expect.poll(messages).toEqual(['{"order":8}']);
});

test('a topic that lets the rule in is published to', async () => {
  await using cloud = await targetsCloud();
  const topics = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { TopicArn = '' } = await topics.send(new CreateTopicCommand({ Name: 'news' }));
  const allow = (Service: string, Action: string, Resource: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource }],
    });
  const AttributeValue = allow('events.amazonaws.com', 'sns:Publish', TopicArn);
  await topics.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  const Policy = allow('sns.amazonaws.com', 'sqs:SendMessage', queueArn('readers'));
  await cloud.queue('readers', 'orders', { Policy });
  const Attributes = { RawMessageDelivery: 'true' };
  const Endpoint = queueArn('readers');
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  await cloud.targets('orders', { Id: 'topic', Arn: TopicArn, InputPath: '$.detail' });
  await cloud.put(EVENT);
  await expect.poll(() => cloud.bodies('readers')).toEqual(['{"order":7}']);
});
