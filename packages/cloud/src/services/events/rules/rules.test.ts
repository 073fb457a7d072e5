import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';

const PATTERN = JSON.stringify({ source: ['shop'] });
const LOGS = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/orders';
const busArn = (name: string): string => `arn:aws:events:eu-west-1:000000000000:event-bus/${name}`;

test('a rule is put, described, disabled, enabled and deleted', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  expect(await cloud.rule('orders', { EventPattern: PATTERN, Description: 'all' })).toMatchObject({
    RuleArn: ruleArn('orders'),
  });
  const described = {
    Name: 'orders',
    Arn: ruleArn('orders'),
    EventBusName: 'default',
    EventPattern: PATTERN,
    Description: 'all',
    State: 'ENABLED',
    CreatedBy: '000000000000',
  };
  const describe = () => client.send(new DescribeRuleCommand({ Name: 'orders' }));
  expect(await describe()).toMatchObject(described);
  await client.send(new DisableRuleCommand({ Name: 'orders' }));
  expect(await describe()).toMatchObject({ ...described, State: 'DISABLED' });
  await client.send(new EnableRuleCommand({ Name: 'orders' }));
  expect(await describe()).toMatchObject(described);
  await cloud.rule('orders', { ScheduleExpression: 'rate(1 day)' });
  const { Description, EventPattern, ScheduleExpression } = await describe();
  expect({ Description, EventPattern, ScheduleExpression }).toEqual({ ScheduleExpression: 'rate(1 day)' });
  await client.send(new DeleteRuleCommand({ Name: 'orders' }));
  await client.send(new DeleteRuleCommand({ Name: 'orders' }));
  await expect(describe()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Rule orders does not exist on EventBus default.',
  });
});

test('rules are listed by their bus, their prefix and in pages', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  await client.send(new CreateEventBusCommand({ Name: 'shop' }));
  for (const Name of ['b', 'a1', 'a2']) await cloud.rule(Name, { EventPattern: PATTERN });
  await cloud.rule('c', { EventPattern: PATTERN, EventBusName: 'shop' });
  const names = async (input: object) => {
    const { Rules = [], NextToken } = await client.send(new ListRulesCommand(input));
    return { names: Rules.map(({ Name }) => Name), NextToken };
  };
  const first = await names({ Limit: 2 });
  expect(first.names).toEqual(['a1', 'a2']);
  expect((await names({ NextToken: first.NextToken })).names).toEqual(['b']);
  expect((await names({ NamePrefix: 'a' })).names).toEqual(['a1', 'a2']);
  expect((await names({ EventBusName: busArn('shop') })).names).toEqual(['c']);
});

test('targets are put, replaced by their id, listed and removed, and a rule that has any is not deleted', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  await cloud.rule('orders', { EventPattern: PATTERN });
  await cloud.targets('orders', { Id: 'a', Arn: queueArn('one') }, { Id: 'b', Arn: queueArn('two') });
  const second = { Id: 'b', Arn: queueArn('three'), RetryPolicy: { MaximumRetryAttempts: 0 } };
  await cloud.targets('orders', second);
  const list = async () => (await client.send(new ListTargetsByRuleCommand({ Rule: 'orders' }))).Targets;
  expect(await list()).toEqual([{ Id: 'a', Arn: queueArn('one') }, second]);
  await expect(client.send(new DeleteRuleCommand({ Name: 'orders' }))).rejects.toThrow(
    "Rule can't be deleted since it has targets.",
  );
  await client.send(new RemoveTargetsCommand({ Rule: 'orders', Ids: ['a', 'b'] }));
  expect(await list()).toEqual([]);
  const six = ['1', '2', '3', '4', '5', '6'].map((Id) => ({ Id, Arn: queueArn('one') }));
  await expect(cloud.targets('orders', ...six)).rejects.toMatchObject({ name: 'LimitExceededException' });
});

test.each<[reason: string, input: object]>([
  ['Parameter ScheduleExpression is not valid.', { ScheduleExpression: 'rate(1 days)' }],
  ['Parameter(s) EventPattern or ScheduleExpression must be specified.', {}],
  [
    'Event pattern is not valid. Reason: "source" must be an object or an array',
    { EventPattern: JSON.stringify({ source: 'shop' }) },
  ],
  ['Event pattern is not valid. Reason: Empty objects are not allowed', { EventPattern: '{}' }],
  ['Event pattern is not valid.', { EventPattern: '{' }],
  ['Event bus missing does not exist.', { EventPattern: PATTERN, EventBusName: 'missing' }],
  [
    'ScheduleExpression is supported only on the default event bus.',
    { ScheduleExpression: 'rate(1 day)', EventBusName: 'shop' },
  ],
  ['System tags cannot be added', { EventPattern: PATTERN, Tags: [{ Key: 'aws:x', Value: 'y' }] }],
])('a rule is refused: %s', async (reason, input) => {
  await using cloud = await eventsCloud();
  await cloud.client.send(new CreateEventBusCommand({ Name: 'shop' }));
  await expect(cloud.client.send(new PutRuleCommand({ Name: 'orders', ...input }))).rejects.toThrow(reason);
});

test.each<[reason: string, target: object]>([
  ['targets of sns: arn:aws:sns:eu-west-1:000000000000:news', { Arn: 'arn:aws:sns:eu-west-1:000000000000:news' }],
  ['target a: arn:aws:states:eu-west-1:000000000000:x', { Arn: 'arn:aws:states:eu-west-1:000000000000:x' }],
  ['Parameter queue is not valid. Reason: Provided Arn is not in correct format.', { Arn: 'queue' }],
  ['Parameter(s) SqsParameters not valid for target: a.', { Arn: LOGS, SqsParameters: { MessageGroupId: 'x' } }],
  ['RoleArn is required for target', { Arn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks' }],
  ['The local cloud does not support EcsParameters', { EcsParameters: { TaskDefinitionArn: 'x' } }],
  ['Only one of Input, InputPath, or InputTransformer', { Input: '1', InputPath: '$.detail' }],
  ['JSON syntax error in input for target a.', { Input: '{' }],
  ['Invalid InputPath for target a.', { InputPath: 'detail' }],
  ['contains invalid placeholder who.', { InputTransformer: { InputTemplate: '{"who": <who>}' } }],
  ['SqsParameters must be specified for target: a.', { Arn: queueArn('steps.fifo') }],
  ['must be a standard SQS queue', { DeadLetterConfig: { Arn: queueArn('dead.fifo') } }],
  [
    "'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint",
    { RetryPolicy: { MaximumRetryAttempts: 186 } },
  ],
  ["at 'targets.1.member.id' failed to satisfy constraint", { Id: '!' }],
])('a target is refused: %s', async (reason, target) => {
  await using cloud = await eventsCloud();
  await cloud.rule('orders', { EventPattern: PATTERN });
  const Targets = [{ Id: 'a', Arn: queueArn('one'), ...target }];
  await expect(cloud.client.send(new PutTargetsCommand({ Rule: 'orders', Targets }))).rejects.toThrow(reason);
});

test('the rules that have a target are listed by its ARN, in pages', async () => {
  await using cloud = await eventsCloud();
  for (const name of ['c', 'a', 'b', 'other']) {
    await cloud.rule(name, { EventPattern: PATTERN });
    await cloud.targets(name, { Id: '1', Arn: queueArn(name === 'other' ? 'two' : 'one') });
  }
  const names = (TargetArn: string, input: object = {}) =>
    cloud.client.send(new ListRuleNamesByTargetCommand({ TargetArn, ...input }));
  const first = await names(queueArn('one'), { Limit: 2 });
  expect(first.RuleNames).toEqual(['a', 'b']);
  const second = await names(queueArn('one'), { Limit: 2, NextToken: first.NextToken });
  expect({ names: second.RuleNames, next: second.NextToken }).toEqual({ names: ['c'], next: undefined });
  expect((await names(queueArn('three'))).RuleNames).toEqual([]);
  const foreign = names(queueArn('two'), { NextToken: first.NextToken });
  await expect(foreign).rejects.toMatchObject({ name: 'ValidationException' });
});

test('the default bus is there without being made, and others are made, described, listed and deleted', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  expect(await client.send(new DescribeEventBusCommand({}))).toMatchObject({
    Name: 'default',
    Arn: busArn('default'),
    CreationTime: expect.any(Date),
    LastModifiedTime: expect.any(Date),
  });
  const create = new CreateEventBusCommand({ Name: 'shop', Description: 'orders' });
  expect(await client.send(create)).toMatchObject({ EventBusArn: busArn('shop') });
  await expect(client.send(create)).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'Event bus shop already exists.',
  });
  const { EventBuses = [] } = await client.send(new ListEventBusesCommand({}));
  expect(EventBuses.map(({ Name }) => Name)).toEqual(['default', 'shop']);
  expect(await client.send(new DescribeEventBusCommand({ Name: 'shop' }))).toMatchObject({
    Description: 'orders',
    CreationTime: expect.any(Date),
  });
  await cloud.rule('orders', { EventPattern: PATTERN, EventBusName: 'shop' });
  await expect(client.send(new DeleteEventBusCommand({ Name: 'shop' }))).rejects.toThrow('it has rules');
  await client.send(new DeleteRuleCommand({ Name: 'orders', EventBusName: 'shop' }));
  await client.send(new DeleteEventBusCommand({ Name: 'shop' }));
  await client.send(new DeleteEventBusCommand({ Name: 'shop' }));
  await expect(client.send(new DescribeEventBusCommand({ Name: 'shop' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Event bus shop does not exist.',
  });
  await expect(client.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow(
    'Cannot delete event bus default.',
  );
});

test('the policy of a bus is made of statements, or given as a whole, and taken away', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  const policy = async () => JSON.parse((await client.send(new DescribeEventBusCommand({}))).Policy ?? 'null');
  const grant = { Action: 'events:PutEvents', StatementId: 'guest' };
  await client.send(new PutPermissionCommand({ ...grant, Principal: '111111111111' }));
  await client.send(new PutPermissionCommand({ ...grant, Principal: '222222222222' }));
  const statement = {
    Sid: 'guest',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::222222222222:root' },
    Action: 'events:PutEvents',
    Resource: busArn('default'),
  };
  expect(await policy()).toEqual({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new RemovePermissionCommand({ StatementId: 'guest' }));
  expect(await policy()).toBe(null);
  await expect(client.send(new RemovePermissionCommand({ StatementId: 'guest' }))).rejects.toThrow(
    'Statement with the provided id does not exist.',
  );
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Principal: '*' }] });
  await client.send(new PutPermissionCommand({ Policy }));
  expect(await policy()).toEqual(JSON.parse(Policy));
  await expect(client.send(new PutPermissionCommand({ Policy: '{"Statement": 1}' }))).rejects.toThrow('Policy');
});

test('rules and buses have tags', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  await cloud.rule('orders', { EventPattern: PATTERN, Tags: [{ Key: 'team', Value: 'shop' }] });
  for (const ResourceARN of [ruleArn('orders'), busArn('default')]) {
    await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'cost', Value: '7' }] }));
    await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([{ Key: 'cost', Value: '7' }]);
  }
});

test('a pattern is tested without a rule', async () => {
  await using cloud = await eventsCloud();
  const event = { id: '1', account: '1', source: 'shop', time: '', region: '', resources: [], 'detail-type': 'x' };
  const ask = (EventPattern: string, Event: object) =>
    cloud.client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(Event) }));
  expect((await ask(PATTERN, event)).Result).toBe(true);
  expect((await ask(PATTERN, { ...event, source: 'other' })).Result).toBe(false);
  await expect(ask(PATTERN, { source: 'shop' })).rejects.toThrow('Parameter Event is not valid.');
  await expect(ask('[]', event)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});
