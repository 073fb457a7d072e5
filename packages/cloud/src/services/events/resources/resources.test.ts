import { expect, test } from 'vitest';
import { resourceContext } from '../../lambda/fixtures/resource-context.js';
import { eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';
import { apiDestinationResource } from './api-destination.js';
import { archiveResource } from './archive.js';
import { connectionResource } from './connection.js';
import { eventBusResource } from './event-bus.js';
import { eventBusPolicyResource } from './event-bus-policy.js';
import { ruleResource } from './rule.js';

const EventPattern = { source: ['shop'] };

test('a rule is made with its targets, taken up after a cut, changed to what the template says, and deleted', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Orders');
  const describe = () => context.call('events', 'DescribeRule', { Name: 'orders' });
  const targets = async () => (await context.call('events', 'ListTargetsByRule', { Rule: 'orders' })).Targets;
  const Targets = ['a', 'b', 'c', 'd', 'e'].map((Id) => ({ Id, Arn: queueArn(Id) }));
  const before = { EventPattern, State: 'ENABLED', Targets, Tags: [{ Key: 'team', Value: 'shop' }] };
  const state = await ruleResource.create('orders', before, context);
  expect(state).toEqual({ attributes: { Arn: ruleArn('orders'), RuleName: 'orders' }, ref: 'orders' });
  await ruleResource.create('orders', before, context);
  expect(await targets()).toEqual(Targets);
  const after = { ScheduleExpression: 'rate(1 day)', State: 'DISABLED', Targets: [{ Id: 'f', Arn: queueArn('f') }] };
  await ruleResource.update('orders', after, before, context);
  expect(await targets()).toEqual(after.Targets);
  const { EventPattern: pattern, State, ScheduleExpression } = await describe();
  expect({ pattern, State, ScheduleExpression }).toEqual({ State: 'DISABLED', ScheduleExpression: 'rate(1 day)' });
  const { Tags } = await context.call('events', 'ListTagsForResource', { ResourceARN: ruleArn('orders') });
  expect(Tags).toContainEqual({ Key: 'aws:cloudformation:logical-id', Value: 'Orders' });
  expect(Tags).not.toContainEqual({ Key: 'team', Value: 'shop' });
  await ruleResource.delete('orders', after, context);
  await ruleResource.delete('orders', after, context);
  await expect(describe()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a rule of somebody else is not taken over', async () => {
  await using cloud = await eventsCloud();
  await cloud.rule('orders', { EventPattern: JSON.stringify(EventPattern) });
  const made = ruleResource.create('orders', { EventPattern }, resourceContext(cloud, 'Orders'));
  await expect(made).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
});

test('a bus is made, taken up after a cut, changed and deleted, and a rule on it is known by both names', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Shop');
  const Arn = 'arn:aws:events:eu-west-1:000000000000:event-bus/shop';
  const describe = () => context.call('events', 'DescribeEventBus', { Name: 'shop' });
  const state = await eventBusResource.create('shop', { Description: 'all' }, context);
  expect(state).toEqual({ attributes: { Arn, Name: 'shop' } });
  const statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: Arn };
  const Policy = { Version: '2012-10-17', Statement: [statement] };
  await eventBusResource.create('shop', { Policy }, context);
  expect(JSON.parse((await describe()).Policy ?? '')).toEqual(Policy);
  await eventBusResource.update('shop', {}, { Policy }, context);
  expect(await describe()).toEqual({
    Name: 'shop',
    Arn,
    CreationTime: expect.any(Date),
    LastModifiedTime: expect.any(Date),
  });
  const properties = { EventPattern, EventBusName: 'shop' };
  expect(await ruleResource.create('orders', properties, context)).toEqual({
    attributes: { Arn: ruleArn('shop/orders'), RuleName: 'orders' },
    ref: 'shop|orders',
  });
  await ruleResource.delete('orders', properties, context);
  await eventBusResource.delete('shop', {}, context);
  await eventBusResource.delete('shop', {}, context);
});

test('a bus of somebody else is not taken over, and what is not supported of one is refused by name', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Shop');
  await context.call('events', 'CreateEventBus', { Name: 'shop' });
  await expect(eventBusResource.create('shop', {}, context)).rejects.toMatchObject({
    code: 'ResourceAlreadyExistsException',
  });
  const encrypted = { KmsKeyIdentifier: 'alias/shop' };
  await expect(eventBusResource.create('secret', encrypted, context)).rejects.toThrow(
    'KmsKeyIdentifier of an event bus',
  );
});

test('the statements of a bus that a stack makes at once are all in its policy, and each goes alone', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Policy');
  const statement = (StatementId: string) => ({
    StatementId,
    EventBusName: 'default',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' },
  });
  const sids = async () => {
    const { Policy = '{"Statement":[]}' } = await context.call('events', 'DescribeEventBus', {});
    return JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid);
  };
  const all = ['a', 'b', 'c'];
  const policyResource = eventBusPolicyResource();
  await Promise.all(all.map((sid) => policyResource.create(sid, statement(sid), context)));
  const grant = { StatementId: 'd', Action: 'events:PutEvents', Principal: '111111111111' };
  await policyResource.create('d', grant, context);
  await policyResource.update('d', grant, grant, context);
  expect((await sids()).sort()).toEqual([...all, 'd']);
  await policyResource.delete('b', statement('b'), context);
  await policyResource.delete('b', statement('b'), context);
  expect((await sids()).sort()).toEqual(['a', 'c', 'd']);
});

test('an archive is made, taken up after a cut, changed and deleted', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Year');
  const SourceArn = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';
  const properties = { SourceArn, ArchiveName: 'year', EventPattern, RetentionDays: 7 };
  const state = { attributes: { Arn: 'arn:aws:events:eu-west-1:000000000000:archive/year', ArchiveName: 'year' } };
  expect(await archiveResource.create('year', properties, context)).toEqual(state);
  expect(await archiveResource.create('year', properties, context)).toEqual(state);
  const other = archiveResource.create('year', properties, resourceContext(cloud, 'Other'));
  await expect(other).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
  const describe = () => context.call('events', 'DescribeArchive', { ArchiveName: 'year' });
  expect(await describe()).toMatchObject({ RetentionDays: 7, EventPattern: JSON.stringify(EventPattern) });
  await archiveResource.update('year', { SourceArn, Description: 'all' }, properties, context);
  expect(await describe()).toMatchObject({ RetentionDays: 0, Description: 'all' });
  await archiveResource.delete('year', properties, context);
  await archiveResource.delete('year', properties, context);
  await expect(describe()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a connection and an API destination are made, taken up after a cut, changed and deleted', async () => {
  await using cloud = await eventsCloud();
  const context = resourceContext(cloud, 'Partner');
  const ApiKeyAuthParameters = { ApiKeyName: 'x-key', ApiKeyValue: 'secret' };
  const connection = { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters } };
  const { attributes: { Arn: ConnectionArn } = {} } = await connectionResource.create('partner', connection, context);
  expect(await connectionResource.create('partner', connection, context)).toEqual({
    attributes: {
      Arn: ConnectionArn,
      ArnForPolicy: 'arn:aws:events:eu-west-1:000000000000:connection/partner',
      SecretArn: expect.stringContaining(':secret:events!connection/partner/'),
    },
  });
  const hook = { ConnectionArn, InvocationEndpoint: 'https://127.0.0.1/hook', HttpMethod: 'POST' };
  const state = await apiDestinationResource.create('hook', hook, context);
  expect(await apiDestinationResource.create('hook', hook, context)).toEqual(state);
  expect(state).toEqual({
    attributes: {
      Arn: expect.stringMatching(/:api-destination\/hook\/[0-9a-f-]{36}$/),
      ArnForPolicy: 'arn:aws:events:eu-west-1:000000000000:api-destination/hook',
    },
  });
  await apiDestinationResource.update('hook', { ...hook, HttpMethod: 'PUT' }, hook, context);
  expect(await context.call('events', 'DescribeApiDestination', { Name: 'hook' })).toMatchObject({ HttpMethod: 'PUT' });
  for (let times = 0; times < 2; times++) {
    await apiDestinationResource.delete('hook', hook, context);
    await connectionResource.delete('partner', connection, context);
  }
  expect((await context.call('events', 'ListConnections', {})).Connections).toEqual([]);
});
