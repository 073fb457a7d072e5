import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/index.js';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP endpoint that answers with one status after another, and at last always with the last. */
async function endpoint(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead((statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    /** The nth request, once it is there. */
    request: async (at: number): Promise<Received> => {
      await expect.poll(() => received.length, { timeout: 30_000 }).toBeGreaterThan(at);
      return received[at] ?? { headers: {}, body: '' };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

// The key that messages are signed with is made once.
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.close());

async function newTopic() {
  const sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `orders-${randomUUID()}` }));
  return {
    endpoint: cloud.endpoint,
    sns,
    TopicArn,
    subscribe: async (Endpoint: string, Attributes: Record<string, string> = {}) => {
      const input = { TopicArn, Protocol: 'http', Endpoint, Attributes, ReturnSubscriptionArn: true };
      return (await sns.send(new SubscribeCommand(input))).SubscriptionArn ?? '';
    },
    attributes: async (SubscriptionArn: string) =>
      (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {},
    clientConfig: cloud.clientConfig,
    warnings: () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : [])),
  };
}

test('an endpoint confirms by the link that it is sent, and is then notified', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  const { TopicArn } = cloud;
  const arn = await cloud.subscribe(web.url);
  await cloud.sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));
  const asked = await web.request(0);
  expect(asked.headers).toMatchObject({
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'x-amz-sns-topic-arn': TopicArn,
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  });
  expect(asked.headers).not.toHaveProperty('x-amz-sns-subscription-arn');
  const confirmation = JSON.parse(asked.body);
  expect(confirmation).toMatchObject({
    Type: 'SubscriptionConfirmation',
    MessageId: asked.headers['x-amz-sns-message-id'],
    TopicArn,
    Message: `You have chosen to subscribe to the topic ${TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${cloud.endpoint}/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${confirmation.Token}`,
  });
  const confirmed = await fetch(confirmation.SubscribeURL);
  expect(await confirmed.text()).toContain(`<SubscriptionArn>${arn}</SubscriptionArn>`);
  expect(await cloud.attributes(arn)).toMatchObject({
    PendingConfirmation: 'false',
    ConfirmationWasAuthenticated: 'false',
  });
  const { MessageId } = await cloud.sns.send(new PublishCommand({ TopicArn, Message: 'hello', Subject: 'hi' }));
  const { headers, body } = await web.request(1);
  expect(headers).toMatchObject({
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': MessageId,
    'x-amz-sns-subscription-arn': arn,
  });
  expect(JSON.parse(body)).toMatchObject({ Type: 'Notification', MessageId, Message: 'hello', Subject: 'hi' });
});

test('a link with another region or an unknown token confirms nothing, and one with another topic does', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  await cloud.subscribe(web.url);
  const { SubscribeURL, Token } = JSON.parse((await web.request(0)).body);
  const answer = async (change: (url: string) => string) => (await fetch(change(SubscribeURL))).text();
  expect(await answer((url) => url.replace('eu-west-1', 'us-east-1'))).toContain('Invalid parameter: Topic<');
  expect(await answer((url) => url.replace(Token, 'abc123'))).toContain('Invalid parameter: Token<');
  expect(await answer((url) => url.replace(':orders-', ':other-'))).toContain('ConfirmSubscriptionResponse');
});

test('raw delivery sends the message alone', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  const { TopicArn } = cloud;
  await cloud.subscribe(web.url, {
    RawMessageDelivery: 'true',
    DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}',
  });
  const { Token } = JSON.parse((await web.request(0)).body);
  await cloud.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  await cloud.sns.send(new PublishCommand({ TopicArn, Message: 'a,b' }));
  const { headers, body } = await web.request(1);
  expect(body).toBe('a,b');
  expect(headers).toMatchObject({ 'x-amz-sns-rawdelivery': 'true', 'content-type': 'text/csv' });
});

test('an endpoint is told that it is unsubscribed, and comes back by the token', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  const { TopicArn, sns } = cloud;
  const arn = await cloud.subscribe(web.url);
  const { Token } = JSON.parse((await web.request(0)).body);
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  const link = `${cloud.endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`;
  expect(await (await fetch(link)).text()).toContain('UnsubscribeResponse');
  const { headers, body } = await web.request(1);
  expect(headers).toMatchObject({
    'x-amz-sns-message-type': 'UnsubscribeConfirmation',
    'x-amz-sns-subscription-arn': arn,
  });
  const { Message, SubscribeURL } = JSON.parse(body);
  expect(Message).toBe(
    `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
  );
  const list = new ListSubscriptionsByTopicCommand({ TopicArn });
  expect((await sns.send(list)).Subscriptions ?? []).toEqual([]);
  await fetch(SubscribeURL);
  expect((await sns.send(list)).Subscriptions).toMatchObject([{ SubscriptionArn: arn }]);
});

test('who confirmed with AuthenticateOnUnsubscribe is unsubscribed by nobody without credentials', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  const { TopicArn, sns } = cloud;
  const arn = await cloud.subscribe(web.url);
  const { Token } = JSON.parse((await web.request(0)).body);
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }));
  expect((await fetch(`${cloud.endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`)).status).toBe(403);
  expect(await cloud.attributes(arn)).toMatchObject({ ConfirmationWasAuthenticated: 'true' });
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
});

test('a failing endpoint is tried again, and what it never takes goes to the dead-letter queue', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200, 503, 503, 403);
  const { TopicArn, sns } = cloud;
  const sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const queue = 'arn:aws:sqs:eu-west-1:000000000000:dead';
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead', Attributes: { Policy } }));
  await cloud.subscribe(web.url, {
    DeliveryPolicy: JSON.stringify({ healthyRetryPolicy: { numRetries: 5, numNoDelayRetries: 5 } }),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue }),
  });
  const { Token } = JSON.parse((await web.request(0)).body);
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  const first = await web.request(1);
  expect((await web.request(3)).body).toBe(first.body);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  expect(Messages.map(({ Body = '{}' }) => JSON.parse(Body).Message)).toEqual(['hello']);
});

test('nothing is sent beyond this machine', async () => {
  const cloud = await newTopic();
  const { TopicArn } = cloud;
  const arn = await cloud.subscribe('http://example.com/in');
  expect(await cloud.attributes(arn)).toMatchObject({ PendingConfirmation: 'true' });
  const [said = ''] = cloud.warnings().filter((warning) => warning.includes('it is confirmed by'));
  const link = /it is confirmed by (\S+)/.exec(said)?.[1] ?? '';
  expect((await fetch(link)).status).toBe(200);
  await cloud.sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  expect(cloud.warnings()).toContainEqual(
    'a message for http://example.com/in is recorded here and not sent, as the local cloud sends to addresses of this machine alone: hello',
  );
});

test('the attributes of an HTTP subscription have the policy that counts', async () => {
  const cloud = await newTopic();
  await using web = await endpoint(200);
  const arn = await cloud.subscribe(web.url, {
    DeliveryPolicy:
      '{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0},"throttlePolicy":{"maxReceivesPerSecond":1000}}',
  });
  const { DeliveryPolicy = '', EffectiveDeliveryPolicy = '' } = await cloud.attributes(arn);
  const healthyRetryPolicy = {
    minDelayTarget: 1,
    maxDelayTarget: 1,
    numRetries: 0,
    numMaxDelayRetries: 0,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    backoffFunction: 'linear',
  };
  const own = {
    healthyRetryPolicy,
    sicklyRetryPolicy: null,
    throttlePolicy: { maxReceivesPerSecond: 1000 },
    guaranteed: false,
  };
  expect(JSON.parse(DeliveryPolicy)).toEqual({ ...own, requestPolicy: null });
  expect(JSON.parse(EffectiveDeliveryPolicy)).toEqual({
    ...own,
    requestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  });
});
