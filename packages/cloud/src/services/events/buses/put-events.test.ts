import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { EVENT, eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';

const PATTERN = JSON.stringify({ source: ['shop'] });

/** A rule for a queue that may have its events. */
async function ordersCloud(target: object = {}) {
  const cloud = await eventsCloud();
  await cloud.queue('orders', 'orders');
  await cloud.rule('orders', { EventPattern: PATTERN });
  await cloud.targets('orders', { Id: 'queue', Arn: queueArn('orders'), ...target });
  return cloud;
}

test('an event reaches the targets of the rules that match, as AWS documents it', async () => {
  await using cloud = await ordersCloud();
  await cloud.rule('others', { EventPattern: JSON.stringify({ source: ['other'] }) });
  await cloud.targets('others', { Id: 'queue', Arn: queueArn('orders') });
  const Time = new Date('2026-11-28T10:00:00Z');
  const { Entries, FailedEntryCount } = await cloud.put({ ...EVENT, Time, Resources: ['arn:aws:s3:::shop'] });
  expect(FailedEntryCount).toBe(0);
  const got: string[] = [];
  await expect.poll(async () => got.push(...(await cloud.bodies('orders')))).toBe(1);
  expect(JSON.parse(got[0] ?? '')).toEqual({
    version: '0',
    id: Entries?.[0]?.EventId,
    'detail-type': 'OrderPlaced',
    source: 'shop',
    account: '000000000000',
    time: '2026-11-28T10:00:00Z',
    region: 'eu-west-1',
    resources: ['arn:aws:s3:::shop'],
    detail: { order: 7 },
  });
});

test('entries that are wrong fail alone, and the others go on', async () => {
  await using cloud = await ordersCloud();
  const { Entries, FailedEntryCount } = await cloud.put(
    { ...EVENT, Source: undefined },
    { ...EVENT, DetailType: undefined },
    { ...EVENT, Detail: undefined },
    { ...EVENT, Detail: '[]' },
    { ...EVENT, Detail: '{' },
    { ...EVENT, Source: 'aws.s3' },
    EVENT,
  );
  expect(FailedEntryCount).toBe(6);
  expect(Entries?.map(({ ErrorCode, ErrorMessage }) => ErrorCode && `${ErrorCode}: ${ErrorMessage}`)).toEqual([
    'InvalidArgument: Parameter Source is not valid. Reason: Source is a required argument.',
    'InvalidArgument: Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    'InvalidArgument: Parameter Detail is not valid. Reason: Detail is a required argument.',
    'MalformedDetail: Detail is malformed.',
    'MalformedDetail: Detail is malformed.',
    'NotAuthorizedForSourceException: Not authorized for the source.',
    undefined,
  ]);
  await expect.poll(async () => (await cloud.bodies('orders')).length).toBe(1);
});

test('more than ten entries, none, and more than 256 KB are refused', async () => {
  await using cloud = await eventsCloud();
  await expect(cloud.put(...Array.from({ length: 11 }, () => EVENT))).rejects.toThrow('less than or equal to 10');
  await expect(cloud.put()).rejects.toThrow('greater than or equal to 1');
  const Detail = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes) });
  const rest = 'shop'.length + 'OrderPlaced'.length + '{"text":""}'.length;
  await cloud.put({ ...EVENT, Detail: Detail(262_144 - rest) });
  await expect(cloud.put({ ...EVENT, Detail: Detail(262_145 - rest) })).rejects.toThrow(
    'Total size of the entries in the request is over the limit.',
  );
});

test('an event for a bus that is not there is taken, as on AWS, and the terminal says so', async () => {
  await using cloud = await ordersCloud();
  expect(await cloud.put({ ...EVENT, EventBusName: 'missing' })).toMatchObject({ FailedEntryCount: 0 });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('which is not there') }),
  );
});

test('a disabled rule hands on nothing', async () => {
  await using cloud = await ordersCloud();
  await cloud.rule('orders', { EventPattern: PATTERN, State: 'DISABLED' });
  await cloud.put(EVENT);
  await cloud.rule('orders', { EventPattern: PATTERN });
  await cloud.put({ ...EVENT, Detail: '{"order":8}' });
  await expect.poll(() => cloud.bodies('orders')).toMatchObject([expect.stringContaining('"order":8')]);
});

test.each<[what: string, target: object, body: string]>([
  ['a text of its own', { Input: '{"fixed":true}' }, '{"fixed":true}'],
  ['a part of the event', { InputPath: '$.detail.order' }, '7'],
  [
    'a template that is filled',
    {
      InputTransformer: {
        InputPathsMap: { order: '$.detail.order' },
        InputTemplate: '{"text":"order <order>","n":<order>}',
      },
    },
    '{"text":"order 7","n":7}',
  ],
])('a target is given %s', async (_what, target, body) => {
  await using cloud = await ordersCloud(target);
  await cloud.put(EVENT);
  await expect.poll(() => cloud.bodies('orders')).toEqual([body]);
});

test('a FIFO queue is sent to in the group of its target', async () => {
  await using cloud = await eventsCloud();
  await cloud.queue('steps.fifo', 'orders', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  await cloud.rule('orders', { EventPattern: PATTERN });
  const SqsParameters = { MessageGroupId: 'walk' };
  await cloud.targets('orders', { Id: 'queue', Arn: queueArn('steps.fifo'), SqsParameters });
  await cloud.put(EVENT);
  await expect.poll(() => cloud.receive('steps.fifo')).toMatchObject([{ Attributes: { MessageGroupId: 'walk' } }]);
});

test('an event that a queue does not let in is in the dead-letter queue at once, with why', async () => {
  await using cloud = await ordersCloud({ DeadLetterConfig: { Arn: queueArn('dead') } });
  await cloud.queue('dead', 'orders');
  await cloud.queue('orders-closed', 'others');
  const closed = { Id: 'queue', Arn: queueArn('orders-closed'), DeadLetterConfig: { Arn: queueArn('dead') } };
  await cloud.targets('orders', closed);
  await cloud.put(EVENT);
  await expect
    .poll(() => cloud.receive('dead'))
    .toMatchObject([
      {
        Body: expect.stringContaining('"source":"shop"'),
        MessageAttributes: {
          RULE_ARN: { StringValue: ruleArn('orders') },
          TARGET_ARN: { StringValue: queueArn('orders-closed') },
          ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
        },
      },
    ]);
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'accessDenied', action: 'sqs:SendMessage', resource: queueArn('orders-closed') }),
  );
});

test('an event that cannot be handed on, without a dead-letter queue, is told to be lost', async () => {
  await using cloud = await ordersCloud();
  await cloud.targets('orders', { Id: 'queue', Arn: queueArn('gone') });
  await cloud.put(EVENT);
  const message = expect.stringMatching(/rule orders could not hand an event to .*:gone: NO_PERMISSIONS: .*it is lost/);
  await expect.poll(() => cloud.events).toContainEqual(expect.objectContaining({ kind: 'warning', message }));
});

test('another account puts events on a bus that lets it, under its own account, and on no other bus', async () => {
  await using cloud = await eventsCloud();
  const { client } = cloud;
  await client.send(new CreateEventBusCommand({ Name: 'open' }));
  await cloud.queue('orders', 'open/orders');
  await cloud.rule('orders', { EventPattern: PATTERN, EventBusName: 'open' });
  const Targets = [{ Id: 'queue', Arn: queueArn('orders') }];
  await client.send(new PutTargetsCommand({ Rule: 'orders', EventBusName: 'open', Targets }));
  const guest = new EventBridgeClient({ ...cloud.clientConfig({ account: '111111111111' }), maxAttempts: 1 });
  const put = (name: string) => {
    const EventBusName = `arn:aws:events:eu-west-1:000000000000:event-bus/${name}`;
    return guest.send(new PutEventsCommand({ Entries: [{ ...EVENT, EventBusName }] }));
  };
  await expect(put('open')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const grant = { Action: 'events:PutEvents', StatementId: 'guest', Principal: '111111111111' };
  await client.send(new PutPermissionCommand({ ...grant, EventBusName: 'open' }));
  await put('open');
  await expect.poll(() => cloud.bodies('orders')).toMatchObject([expect.stringContaining('"account":"111111111111"')]);
  await expect(put('default')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
