import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { GetPolicyCommand, InvokeCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { Feature } from './feature.js';

let app: Feature;
let events: EventBridgeClient;
let lambda: LambdaClient;
let sqs: SQSClient;

beforeAll(async () => {
  app = await Feature.deployed('Events');
  const clientConfig = app.clientConfig;
  events = new EventBridgeClient(clientConfig);
  lambda = new LambdaClient(clientConfig);
  sqs = new SQSClient(clientConfig);
});
afterAll(async () => {
  for (const client of [events, lambda, sqs]) client?.destroy();
});

const LONG = { timeout: 20_000 };

const order = async (number: number) => {
  const answer = await fetch(`${app.output()}orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order: number }),
  });
  expect(answer.status).toBe(202);
  return z.object({ id: z.string() }).parse(await answer.json()).id;
};

const received = async (queue: string) => {
  const receive = new ReceiveMessageCommand({
    QueueUrl: app.output(`${queue}Url`),
    WaitTimeSeconds: 1,
    MessageAttributeNames: ['All'],
  });
  return (await sqs.send(receive)).Messages;
};

test(
  'an event that a route puts on its bus reaches the handler whose pattern it matches, and no other',
  LONG,
  async () => {
    await order(7);
    const id = await order(700);
    await app.shows(new RegExp(`placed 700 as ${id}`));
    await app.shows(/copied 7\b/);
    expect(app.shown).not.toContain('placed 7 ');
    expect(app.shown).not.toContain('lost 7');
    await expect
      .poll(async () => (await received('Words'))?.map(({ Body }) => Body), LONG)
      .toContain('"order 7 by shop"');
  },
);

test('the default bus is there, and a handler has what is put on it', LONG, async () => {
  const Entries = [{ Source: 'shop', DetailType: 'OrderIsLost', Detail: JSON.stringify({ order: 8 }) }];
  await events.send(new PutEventsCommand({ Entries }));
  await app.shows(/lost 8/);
});

test('schedules are deployed as the app says them', async () => {
  const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: 'Events-' }));
  expect(Rules.flatMap(({ ScheduleExpression }) => ScheduleExpression ?? []).sort()).toEqual([
    'cron(0 3 * * ? *)',
    'rate(1 minute)',
  ]);
});

test('a schedule’s function can be invoked at once with the event of a schedule', LONG, async () => {
  const FunctionName = app.output('NightlyFunction');
  const Payload = JSON.stringify({ source: 'aws.events', time: '2026-11-28T03:00:00Z' });
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  expect(FunctionError).toBeUndefined();
  await app.shows(/nightly at 2026-11-28T03:00:00/);
});

test(
  'without the function’s leave an event is in the dead-letter queue, and the terminal shows what would allow it',
  LONG,
  async () => {
    const FunctionName = app.output('PlacedFunction');
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    for (const { Sid } of JSON.parse(Policy).Statement) {
      await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Sid }));
    }
    await order(900);
    await expect
      .poll(() => received('Dead'), LONG)
      .toMatchObject([{ MessageAttributes: { ERROR_CODE: { StringValue: 'NO_PERMISSIONS' } } }]);
    await app.shows(/lambda:InvokeFunction/);
  },
);

test('a rule on a bus of the stack is known by the names that AWS gives it', async () => {
  const EventBusName = app.output('BusName');
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  expect(Rules).toHaveLength(2);
  for (const { Name } of Rules) {
    const { Arn } = await events.send(new DescribeRuleCommand({ Name, EventBusName }));
    expect(Arn).toMatch(new RegExp(`:rule/${EventBusName}/${Name}$`));
  }
});
