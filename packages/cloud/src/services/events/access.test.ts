import { randomUUID } from 'node:crypto';
import { ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { Principal } from '../../core/principal.js';
import { testCloud } from '../../testing/index.js';
import { iam } from '../iam/index.js';
import { sqs } from '../sqs/index.js';
import { eventsCloud } from './fixtures/events-cloud.js';
import { events } from './index.js';
import { operations } from './operations/index.js';

const SCOPE = { account: '111111111111', region: 'eu-west-1' };
const RULE = 'arn:aws:events:eu-west-1:111111111111:rule';
const BUS = 'arn:aws:events:eu-west-1:111111111111:event-bus';
const NAME = { Name: 'orders', EventBusName: 'shop' };

const ARCHIVE = 'arn:aws:events:eu-west-1:111111111111:archive/year';
const REPLAY = 'arn:aws:events:eu-west-1:111111111111:replay/again';
const CONNECTION = 'arn:aws:events:eu-west-1:111111111111:connection/partner';
const DESTINATION = 'arn:aws:events:eu-west-1:111111111111:api-destination/hook';
const KEY = {
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'a', ApiKeyValue: 'b' } },
};

/** What each operation is asked for, and on what it needs leave. */
const CALLS: Readonly<Record<string, readonly [resource: string, input: object]>> = {
  CancelReplay: [REPLAY, { ReplayName: 'again' }],
  CreateApiDestination: [
    `${DESTINATION}/*`,
    { Name: 'hook', ConnectionArn: `${CONNECTION}/1`, InvocationEndpoint: 'https://127.0.0.1', HttpMethod: 'POST' },
  ],
  CreateArchive: [ARCHIVE, { ArchiveName: 'year', EventSourceArn: `${BUS}/default` }],
  CreateConnection: [`${CONNECTION}/*`, { Name: 'partner', ...KEY }],
  CreateEventBus: [`${BUS}/shop`, { Name: 'shop' }],
  DeauthorizeConnection: [`${CONNECTION}/*`, { Name: 'partner' }],
  DeleteApiDestination: [`${DESTINATION}/*`, { Name: 'hook' }],
  DeleteArchive: [ARCHIVE, { ArchiveName: 'year' }],
  DeleteConnection: [`${CONNECTION}/*`, { Name: 'partner' }],
  DeleteEventBus: [`${BUS}/shop`, { Name: 'shop' }],
  DeleteRule: [`${RULE}/shop/orders`, NAME],
  DescribeApiDestination: [`${DESTINATION}/*`, { Name: 'hook' }],
  DescribeArchive: [ARCHIVE, { ArchiveName: 'year' }],
  DescribeConnection: [`${CONNECTION}/*`, { Name: 'partner' }],
  DescribeEventBus: [`${BUS}/default`, {}],
  DescribeReplay: [REPLAY, { ReplayName: 'again' }],
  DescribeRule: [`${RULE}/orders`, { Name: 'orders' }],
  DisableRule: [`${RULE}/shop/orders`, NAME],
  EnableRule: [`${RULE}/shop/orders`, NAME],
  ForwardEvent: [`${BUS}/shop`, { bus: { ...SCOPE, name: 'shop' }, event: { source: 'shop' } }],
  InvokeApiDestination: [`${DESTINATION}/1`, { destination: { ...SCOPE, name: 'hook', id: '1' } }],
  ListApiDestinations: ['*', {}],
  ListArchives: ['*', {}],
  ListConnections: ['*', {}],
  ListEventBuses: ['*', {}],
  ListReplays: ['*', {}],
  ListRuleNamesByTarget: ['*', { TargetArn: 'x' }],
  ListRules: ['*', {}],
  ListTargetsByRule: [`${RULE}/orders`, { Rule: 'orders' }],
  PutEvents: [`${BUS}/default`, { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] }],
  PutPermission: [`${BUS}/shop`, { EventBusName: 'shop', Policy: '{}' }],
  PutRule: [`${RULE}/orders`, { Name: 'orders', ScheduleExpression: 'rate(1 day)' }],
  PutTargets: [
    `${RULE}/orders`,
    { Rule: 'orders', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs' }] },
  ],
  RemovePermission: [`${BUS}/default`, { StatementId: 'a' }],
  RemoveTargets: [`${RULE}/orders`, { Rule: 'orders', Ids: ['a'] }],
  StartReplay: [
    REPLAY,
    {
      ReplayName: 'again',
      EventSourceArn: ARCHIVE,
      EventStartTime: new Date(0),
      EventEndTime: new Date(1),
      Destination: { Arn: `${BUS}/default` },
    },
  ],
  TagResource: [`${RULE}/orders`, { ResourceARN: `${RULE}/orders`, Tags: [] }],
  UntagResource: [`${RULE}/orders`, { ResourceARN: `${RULE}/orders`, TagKeys: [] }],
  ListTagsForResource: [`${BUS}/shop`, { ResourceARN: `${BUS}/shop` }],
  TestEventPattern: ['*', { EventPattern: '{}', Event: '{}' }],
  UpdateApiDestination: [`${DESTINATION}/*`, { Name: 'hook' }],
  UpdateArchive: [ARCHIVE, { ArchiveName: 'year', RetentionDays: 1 }],
  UpdateConnection: [`${CONNECTION}/*`, { Name: 'partner' }],
  UpdateEventBus: [`${BUS}/shop`, { Name: 'shop' }],
};

const owner: Principal = { kind: 'root', account: SCOPE.account };

async function roleCloud(policy?: object) {
  const cloud = await testCloud({ services: [iam, sqs, events] });
  const as = (principal: Principal, service: string, operation: string, input: object) =>
    cloud.context.dispatch(service, operation, input, {
      ...SCOPE,
      principal,
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  const trust = { Effect: 'Allow', Principal: { AWS: SCOPE.account }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await as(owner, 'iam', 'CreateRole', { RoleName: 'app', AssumeRolePolicyDocument });
  if (policy) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [policy] });
    await as(owner, 'iam', 'PutRolePolicy', { RoleName: 'app', PolicyName: 'events', PolicyDocument });
  }
  const role: Principal = {
    kind: 'assumedRole',
    account: SCOPE.account,
    roleName: 'app',
    roleArn: Role.Arn,
    roleId: Role.RoleId,
    sessionName: 'test',
  };
  return { ...cloud, as: (operation: string, input: object) => as(role, 'events', operation, input) };
}

test('no operation is done without leave, each under AWS’s own action on AWS’s own resource', async () => {
  expect(Object.keys(CALLS)).toEqual(operations.map(({ name }) => name));
  await using cloud = await roleCloud();
  for (const [operation, [resource, input]] of Object.entries(CALLS)) {
    await expect(cloud.as(operation, input), operation).rejects.toMatchObject({ code: 'AccessDeniedException' });
    const action = `events:${operation === 'ForwardEvent' ? 'PutEvents' : operation}`;
    expect(cloud.events.at(-1)).toMatchObject({ kind: 'accessDenied', action, resource });
  }
});

test('leave to put events is given by bus, source and type', async () => {
  await using cloud = await roleCloud({
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: `${BUS}/default`,
    Condition: { StringEquals: { 'events:source': 'shop', 'events:detail-type': 'OrderPlaced' } },
  });
  const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{}' };
  await cloud.as('PutEvents', { Entries: [entry] });
  for (const other of [{ Source: 'other' }, { DetailType: 'OrderLost' }, { EventBusName: 'shop' }]) {
    const Entries = [entry, { ...entry, ...other }];
    await expect(cloud.as('PutEvents', { Entries })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  }
});

test('leave to put targets is given by their ARNs', async () => {
  const queue = 'arn:aws:sqs:eu-west-1:111111111111:jobs';
  await using cloud = await roleCloud({
    Effect: 'Allow',
    Action: ['events:PutTargets', 'events:PutRule'],
    Resource: '*',
    Condition: { 'ForAllValues:ArnEquals': { 'events:TargetArn': queue } },
  });
  await cloud.as('PutRule', { Name: 'orders', ScheduleExpression: 'rate(1 day)' });
  await cloud.as('PutTargets', { Rule: 'orders', Targets: [{ Id: 'a', Arn: queue }] });
  const Targets = [{ Id: 'a', Arn: `${queue}-of-others` }];
  await expect(cloud.as('PutTargets', { Rule: 'orders', Targets })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('operations that AWS does not have are not reached over HTTP', async () => {
  await using cloud = await eventsCloud();
  const command = new ListEventBusesCommand({});
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { headers: Record<string, string> };
      request.headers['x-amz-target'] = 'AWSEvents.ForwardEvent';
      return next(args);
    },
    { step: 'build' },
  );
  await expect(cloud.client.send(command)).rejects.toMatchObject({ name: 'UnknownOperationException' });
});
