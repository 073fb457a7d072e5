import { GetPolicyCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Feature } from './feature.js';

let app: Feature;
let sns: SNSClient;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('Topics');
  clientConfig = app.clientConfig;
  sns = new SNSClient(clientConfig);
});
afterAll(async () => {
  sns?.destroy();
});

const LONG = { timeout: 20_000 };
const TopicArn = () => app.output('OrdersArn');

const publish = (id: string, state: string, more: Partial<PublishCommandInput> = {}) =>
  sns.send(new PublishCommand({ TopicArn: TopicArn(), Message: JSON.stringify({ id, state }), ...more }));

/** What a queue has, or has soon. */
async function received(queue: string) {
  const sqs = new SQSClient(clientConfig);
  const receive = new ReceiveMessageCommand({ QueueUrl: app.output(`${queue}Url`), WaitTimeSeconds: 10 });
  return (await sqs.send(receive).finally(() => sqs.destroy())).Messages ?? [];
}

/** What the handlers have logged of an order, as the terminal shows it, in the order of the alphabet. */
const lines = (id: string) =>
  [...app.shown.matchAll(/(?:orders|urgent|cancelled|wrapped|raw) (\w+)[^"\n]*/g)]
    .filter(([, order]) => order === id)
    .map(([line]) => line)
    .sort();

test('a message that a route publishes reaches functions and queues, wrapped and raw', LONG, async () => {
  const answer = await fetch(`${app.output()}orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'first', state: 'new' }),
  });
  expect([answer.status, await answer.json()]).toEqual([202, { id: expect.any(String) }]);
  const name = TopicArn().split(':').at(-1);
  await expect
    .poll(() => lines('first'), LONG)
    .toEqual([`orders first new Order ${name}`, 'raw first', 'wrapped first Order']);
  expect(app.shown).not.toContain('not authorized');
});

test('filter policies choose by the attributes of a message and by its body', LONG, async () => {
  await publish('second', 'cancelled', {
    Subject: 'Order',
    MessageAttributes: { priority: { DataType: 'String', StringValue: 'high' } },
  });
  const name = TopicArn().split(':').at(-1);
  await expect
    .poll(() => lines('second'), LONG)
    .toEqual([
      'cancelled second',
      `orders second cancelled Order ${name}`,
      'raw second',
      'urgent second high',
      'wrapped second Order',
    ]);
});

test('what a function made of a message is told to the queues that its binding names', LONG, async () => {
  await publish('poison', 'cancelled');
  const [failed] = await received('Failed');
  expect(JSON.parse(failed?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
    requestPayload: { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{"id":"poison","state":"cancelled"}' } }] },
    responseContext: { functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'on purpose' },
  });
  await publish('fine', 'cancelled');
  const told = async () =>
    (await received('Handled')).map(({ Body = '' }) => JSON.parse(Body).requestContext.condition);
  expect(await told()).toContain('Success');
  expect(app.shown).not.toContain('not authorized');
});

test('the topic and its subscriptions are as the stack declares them', LONG, async () => {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: TopicArn() }));
  expect(Attributes).toMatchObject({ DisplayName: 'Orders', SubscriptionsConfirmed: '5' });
  expect(Attributes?.Policy).toContain('aws:SecureTransport');
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TopicArn() }));
  expect(Subscriptions.map(({ Protocol }) => Protocol).sort()).toEqual(['lambda', 'lambda', 'lambda', 'sqs', 'sqs']);
});

test('what SNS may not hand to a function goes to the subscription’s dead-letter queue', LONG, async () => {
  const lambda = new LambdaClient(clientConfig);
  const FunctionName = app.output('OrdersFunction');
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const statements: { Sid: string }[] = JSON.parse(Policy).Statement;
  for (const { Sid: StatementId } of statements) {
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
  }
  await publish('third', 'new');
  lambda.destroy();
  const messages = await received('Dead');
  expect(messages.map(({ Body = '' }) => JSON.parse(Body).Message)).toEqual(['{"id":"third","state":"new"}']);
  await app.shows(/lambda:InvokeFunction/);
});
