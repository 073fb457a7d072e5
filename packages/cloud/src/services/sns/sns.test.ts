import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../cloud.js';
import { lambdaCloud } from '../lambda/fixtures/lambda-cloud.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:orders';
const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:users';
const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/000000000000/${name}`;

const HANDLER = `export const handler = async (event) => { console.log('EVENT ' + JSON.stringify(event)); };`;

/** A cloud with the topic `orders`, where IAM is enforced and queues let every topic send. */
async function topicCloud(options: CloudOptions = {}) {
  const cloud = await lambdaCloud({ iam: 'enforce', ...options });
  const sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const call = (service: string, operation: string, input: object) =>
    cloud.context.dispatch(service, operation, input, {
      ...SCOPE,
      principal: { kind: 'root', account: SCOPE.account },
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  return {
    ...cloud,
    sns,
    call,
    queue: (QueueName: string, from: string | undefined = TOPIC) => {
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queueArn(QueueName),
            Condition: { ArnEquals: { 'aws:SourceArn': from } },
          },
        ],
      });
      return call('sqs', 'CreateQueue', { QueueName, Attributes: { Policy } });
    },
    subscribe: async (Endpoint: string, Attributes: Record<string, string> = {}) => {
      const Protocol = Endpoint.split(':')[2];
      const input = { TopicArn: TOPIC, Protocol, Endpoint, Attributes };
      return (await sns.send(new SubscribeCommand(input))).SubscriptionArn ?? '';
    },
    publish: (Message: string, more: Partial<PublishCommandInput> = {}) =>
      sns.send(new PublishCommand({ TopicArn: TOPIC, Message, ...more })),
    received: async (name: string) => {
      const input = { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      return (await call('sqs', 'ReceiveMessage', input)).Messages ?? [];
    },
    warnings: () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : [])),
    /** What the function was given. */
    given: () =>
      cloud.events.flatMap((event) =>
        event.kind === 'log' && event.message.includes('EVENT ')
          ? [JSON.parse(event.message.slice(event.message.indexOf('EVENT ') + 6))]
          : [],
      ),
  };
}

const bodies = (messages: { Body: string }[]) => messages.map(({ Body }) => Body);

test('a topic is made once, described, tagged, listed and deleted', async () => {
  await using cloud = await topicCloud();
  const { sns } = cloud;
  const Tags = [{ Key: 'team', Value: 'orders' }];
  const Attributes = { DisplayName: 'News' };
  const create = new CreateTopicCommand({ Name: 'news', Attributes, Tags });
  const { TopicArn } = await sns.send(create);
  expect(TopicArn).toBe('arn:aws:sns:eu-west-1:000000000000:news');
  expect((await sns.send(create)).TopicArn).toBe(TopicArn);
  expect((await sns.send(new CreateTopicCommand({ Name: 'news' }))).TopicArn).toBe(TopicArn);
  await expect(
    sns.send(new CreateTopicCommand({ Name: 'news', Tags: [{ Key: 'team', Value: 'users' }] })),
  ).rejects.toThrow('Invalid parameter: Tags Reason: Topic already exists with different tags');
  await expect(
    sns.send(new CreateTopicCommand({ Name: 'news', Attributes: { DisplayName: 'Old' }, Tags })),
  ).rejects.toThrow('different attributes');
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Newer' }));
  const described = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(described.Attributes).toMatchObject({
    TopicArn,
    Owner: '000000000000',
    DisplayName: 'Newer',
    Policy: expect.stringContaining('__default_policy_ID'),
    SubscriptionsConfirmed: '0',
  });
  await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'app', Value: 'shop' }] }));
  await sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['team'] }));
  const tags = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
  expect(tags.Tags).toEqual([{ Key: 'app', Value: 'shop' }]);
  expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }, { TopicArn: TOPIC }]);
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
  });
});

test('a message reaches a function as AWS documents it', async () => {
  await using cloud = await topicCloud();
  await cloud.create('users', HANDLER);
  await cloud.client.send(
    new AddPermissionCommand({
      FunctionName: 'users',
      StatementId: 'topic',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: TOPIC,
    }),
  );
  const subscription = await cloud.subscribe(FUNCTION);
  const { MessageId } = await cloud.publish('hello', {
    Subject: 'Greeting',
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'import' },
      mark: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
    },
  });
  await expect.poll(cloud.given, { timeout: 30_000 }).toEqual([
    {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: subscription,
          Sns: {
            Type: 'Notification',
            MessageId,
            TopicArn: TOPIC,
            Subject: 'Greeting',
            Message: 'hello',
            Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
            SignatureVersion: '1',
            Signature: expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/),
            SigningCertUrl: expect.stringMatching(/\/SimpleNotificationService-[0-9a-f]{32}\.pem$/),
            UnsubscribeUrl: `${cloud.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
            MessageAttributes: {
              kind: { Type: 'String', Value: 'import' },
              mark: { Type: 'Binary', Value: 'AQI=' },
            },
          },
        },
      ],
    },
  ]);
});

test('a queue gets the notification, or with raw delivery the message itself', async () => {
  await using cloud = await topicCloud();
  for (const name of ['wrapped', 'raw']) await cloud.queue(name);
  await cloud.subscribe(queueArn('wrapped'));
  await cloud.subscribe(queueArn('raw'), { RawMessageDelivery: 'true' });
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'import' } };
  const { MessageId } = await cloud.publish('hello', { MessageAttributes });
  const [wrapped] = await cloud.received('wrapped');
  expect(JSON.parse(wrapped.Body)).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn: TOPIC,
    Message: 'hello',
    Timestamp: expect.any(String),
    SignatureVersion: '1',
    Signature: expect.any(String),
    SigningCertURL: expect.any(String),
    UnsubscribeURL: expect.any(String),
    MessageAttributes: { kind: { Type: 'String', Value: 'import' } },
  });
  expect(wrapped.MessageAttributes).toBeUndefined();
  expect(await cloud.received('raw')).toMatchObject([{ Body: 'hello', MessageAttributes }]);
});

test('a subscription whose filter policy a message does not match does not get it', async () => {
  await using cloud = await topicCloud();
  for (const name of ['attributes', 'body']) await cloud.queue(name);
  const raw = { RawMessageDelivery: 'true' };
  const FilterPolicy = JSON.stringify({ kind: [{ prefix: 'im' }], size: [{ numeric: ['>', 1] }], to: ['ann', 'bob'] });
  const byAttributes = await cloud.subscribe(queueArn('attributes'), { ...raw, FilterPolicy });
  await cloud.subscribe(queueArn('body'), {
    ...raw,
    FilterPolicyScope: 'MessageBody',
    FilterPolicy: JSON.stringify({ order: { state: ['new'] } }),
  });
  const attributes = (size: string, to: string) => ({
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'import' },
      size: { DataType: 'Number', StringValue: size },
      to: { DataType: 'String.Array', StringValue: to },
    },
  });
  await cloud.publish('{"order":{"state":"new"}}');
  await cloud.publish('{"order":{"state":"old"}}');
  await cloud.publish('small', attributes('1', '["ann"]'));
  await cloud.publish('for others', attributes('2', '["carl"]'));
  await cloud.publish('large', attributes('2', '["carl","ann"]'));
  expect(bodies(await cloud.received('attributes'))).toEqual(['large']);
  expect(bodies(await cloud.received('body'))).toEqual(['{"order":{"state":"new"}}']);
  const set = { SubscriptionArn: byAttributes, AttributeName: 'FilterPolicy' };
  await cloud.sns.send(new SetSubscriptionAttributesCommand({ ...set, AttributeValue: '' }));
  await cloud.publish('anything');
  expect(bodies(await cloud.received('attributes'))).toEqual(['anything']);
});

test('a message may be another one for each protocol', async () => {
  await using cloud = await topicCloud();
  await cloud.queue('jobs');
  await cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'true' });
  await cloud.publish(JSON.stringify({ default: 'all', sqs: 'queues' }), { MessageStructure: 'json' });
  await cloud.publish(JSON.stringify({ default: 'all', lambda: 'functions' }), { MessageStructure: 'json' });
  expect(bodies(await cloud.received('jobs'))).toEqual(['queues', 'all']);
  await expect(cloud.publish('{"sqs":"queues"}', { MessageStructure: 'json' })).rejects.toThrow('No default entry');
  await expect(cloud.publish('text', { MessageStructure: 'json' })).rejects.toThrow('failed to parse');
});

test('the messages of a batch are published each by itself', async () => {
  await using cloud = await topicCloud();
  await cloud.queue('jobs');
  await cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'true' });
  const PublishBatchRequestEntries = [
    { Id: 'a', Message: 'one' },
    { Id: 'b', Message: 'two', Subject: '\nbad' },
    { Id: 'c', Message: 'three' },
  ];
  const output = await cloud.sns.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries }));
  expect(output.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
  expect(output.Failed).toEqual([
    { Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject', SenderFault: true },
  ]);
  expect(bodies(await cloud.received('jobs'))).toEqual(['one', 'three']);
});

test('what an endpoint does not let in goes to the dead-letter queue, and without one is told to be lost', async () => {
  await using cloud = await topicCloud();
  await cloud.create('users', HANDLER);
  await cloud.queue('closed', 'arn:aws:sns:eu-west-1:000000000000:others');
  await cloud.queue('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
  await cloud.subscribe(FUNCTION, { RedrivePolicy });
  const lost = await cloud.subscribe(queueArn('closed'));
  await cloud.publish('hello');
  expect((await cloud.received('dead')).map(({ Body }: { Body: string }) => JSON.parse(Body).Message)).toEqual([
    'hello',
  ]);
  expect(await cloud.received('closed')).toEqual([]);
  expect(cloud.given()).toEqual([]);
  const denied = cloud.events.flatMap((event) => (event.kind === 'accessDenied' ? [event.action] : []));
  expect(denied.sort()).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  expect(cloud.warnings().filter((message) => message.includes(lost))).toEqual([expect.stringContaining('was lost')]);
});

test('another account publishes only where the topic’s policy lets it', async () => {
  await using cloud = await topicCloud();
  const guest = new SNSClient({ ...cloud.clientConfig({ account: '222222222222' }), maxAttempts: 1 });
  const publish = new PublishCommand({ TopicArn: TOPIC, Message: 'hello' });
  await expect(guest.send(publish)).rejects.toMatchObject({
    name: 'AuthorizationErrorException',
    message: expect.stringContaining('not authorized to perform: sns:Publish'),
  });
  const AttributeValue = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sns:Publish', Resource: TOPIC }],
  });
  await cloud.sns.send(new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue }));
  await guest.send(publish);
});

test('a subscription is made once, described, listed and taken back', async () => {
  await using cloud = await topicCloud();
  await cloud.queue('jobs');
  const arn = await cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'true' });
  expect(arn).toMatch(/^arn:aws:sns:eu-west-1:000000000000:orders:[0-9a-f-]{36}$/);
  expect(await cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'true' })).toBe(arn);
  await expect(cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'false' })).rejects.toThrow(
    'Subscription already exists with different attributes',
  );
  const { Attributes } = await cloud.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  expect(Attributes).toEqual({
    SubscriptionArn: arn,
    TopicArn: TOPIC,
    Owner: '000000000000',
    Protocol: 'sqs',
    Endpoint: queueArn('jobs'),
    SubscriptionPrincipal: 'arn:aws:iam::000000000000:root',
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    RawMessageDelivery: 'true',
  });
  const list = async () =>
    (await cloud.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }))).Subscriptions;
  expect(await list()).toEqual([
    {
      SubscriptionArn: arn,
      Owner: '000000000000',
      Protocol: 'sqs',
      Endpoint: queueArn('jobs'),
      TopicArn: TOPIC,
    },
  ]);
  await cloud.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
  await cloud.publish('hello');
  expect(await list()).toEqual([]);
  expect(await cloud.received('jobs')).toEqual([]);
});

test('a restart keeps topics and what is subscribed to them', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-topics-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await topicCloud(options);
  await first.queue('jobs');
  await first.subscribe(queueArn('jobs'), {
    RawMessageDelivery: 'true',
    FilterPolicyScope: 'MessageBody',
    FilterPolicy: '{"a":[1]}',
  });
  await first.close();
  await using second = await topicCloud(options);
  await second.publish('{"a":2}');
  await second.publish('{"a":1}');
  expect(bodies(await second.received('jobs'))).toEqual(['{"a":1}']);
});

test('what there is not is refused by name', async () => {
  await using cloud = await topicCloud();
  const refused = async (sent: Promise<unknown>, message: string) => expect(sent).rejects.toThrow(message);
  await refused(
    cloud.sns.send(new CreateTopicCommand({ Name: 'a', Attributes: { ArchivePolicy: '{}' } })),
    'ArchivePolicy',
  );
  await refused(cloud.sns.send(new CreateTopicCommand({ Name: 'a b' })), 'Invalid parameter: Topic Name');
  const email = { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ann@example.com' };
  await refused(cloud.sns.send(new SubscribeCommand({ ...email, Protocol: 'firehose' })), 'Firehose endpoint ARN');
  await refused(cloud.subscribe(FUNCTION, { ReplayPolicy: '{}' }), 'does not support ReplayPolicy');
  await refused(cloud.sns.send(new SubscribeCommand({ ...email, Protocol: 'fax' })), 'protocol string: fax');
  await refused(cloud.sns.send(new SubscribeCommand({ ...email, Protocol: 'sqs' })), 'SQS endpoint ARN');
  await refused(cloud.subscribe(FUNCTION, { RawMessageDelivery: 'true' }), 'does not support raw message delivery');
  await refused(cloud.subscribe(FUNCTION, { FilterPolicy: '{"a":[{"wildcard":"x*"}]}' }), 'wildcard');
  await refused(cloud.subscribe(FUNCTION, { DeliveryPolicy: '{}' }), 'DeliveryPolicy');
  await refused(cloud.publish('a', { TopicArn: `${TOPIC}-none` }), 'Topic does not exist');
  await refused(cloud.publish('a', { MessageDeduplicationId: 'b' }), 'not valid for this topic type');
  await refused(cloud.publish('a'.repeat(262_145)), 'Message too long');
});

test('tracing of a topic is stored and answered', async () => {
  await using cloud = await topicCloud();
  const set = { TopicArn: TOPIC, AttributeName: 'TracingConfig', AttributeValue: 'Active' };
  await cloud.sns.send(new SetTopicAttributesCommand(set));
  const { Attributes } = await cloud.sns.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  expect(Attributes?.TracingConfig).toBe('Active');
});

const FIFO = `${TOPIC}.fifo`;

/** The cloud with the FIFO topic `orders.fifo` and the queue `jobs.fifo`. */
async function fifoCloud(Attributes: Record<string, string> = {}) {
  const cloud = await topicCloud({ iam: 'off' });
  await cloud.sns.send(
    new CreateTopicCommand({ Name: 'orders.fifo', Attributes: { FifoTopic: 'true', ...Attributes } }),
  );
  await cloud.call('sqs', 'CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true' } });
  const receive = async (name: string) => {
    const input = { QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, AttributeNames: ['All'] };
    return (await cloud.call('sqs', 'ReceiveMessage', input)).Messages ?? [];
  };
  return {
    ...cloud,
    receive,
    subscribeFifo: (Endpoint: string, attributes: Record<string, string> = {}) =>
      cloud.sns.send(new SubscribeCommand({ TopicArn: FIFO, Protocol: 'sqs', Endpoint, Attributes: attributes })),
    send: (Message: string, more: Partial<PublishCommandInput> = {}) =>
      cloud.publish(Message, { TopicArn: FIFO, MessageGroupId: 'g', ...more }),
  };
}

test('a FIFO topic delivers to FIFO queues in the order of publishing, once', async () => {
  await using cloud = await fifoCloud({ ContentBasedDeduplication: 'true' });
  await cloud.subscribeFifo(queueArn('jobs.fifo'), { RawMessageDelivery: 'true' });
  const sent = await Promise.all(['one', 'two', 'three'].map((text) => cloud.send(text)));
  const again = await cloud.send('one');
  expect(again).toMatchObject({ MessageId: sent[0]?.MessageId, SequenceNumber: sent[0]?.SequenceNumber });
  const sequences = sent.map(({ SequenceNumber }) => SequenceNumber ?? '');
  expect(sequences).toEqual(sequences.toSorted());
  expect(sequences[0]).toMatch(/^\d{20}$/);
  const messages = await cloud.receive('jobs.fifo');
  expect(bodies(messages)).toEqual(['one', 'two', 'three']);
  expect(messages[0].Attributes).toMatchObject({
    MessageGroupId: 'g',
    // The digest of the message.
    MessageDeduplicationId: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
  });
});

test('a notification of a FIFO topic has its number and no signature, also in a standard queue', async () => {
  await using cloud = await fifoCloud();
  await cloud.call('sqs', 'CreateQueue', { QueueName: 'jobs' });
  await cloud.subscribeFifo(queueArn('jobs'));
  const { MessageId, SequenceNumber } = await cloud.send('hello', { MessageDeduplicationId: 'd' });
  const [message] = await cloud.receive('jobs');
  expect(JSON.parse(message.Body)).toEqual({
    Type: 'Notification',
    MessageId,
    SequenceNumber,
    TopicArn: FIFO,
    Message: 'hello',
    Timestamp: expect.any(String),
    UnsubscribeURL: expect.any(String),
  });
  expect(message.Attributes.MessageGroupId).toBeUndefined();
});

test('what a FIFO topic does not take is refused in the words of AWS', async () => {
  await using cloud = await fifoCloud();
  const refused = async (sent: Promise<unknown>, message: string) =>
    expect(sent).rejects.toMatchObject({ message: `Invalid parameter: ${message}` });
  await refused(
    cloud.publish('a', { TopicArn: FIFO, MessageDeduplicationId: 'd' }),
    'The MessageGroupId parameter is required for FIFO topics',
  );
  await refused(
    cloud.send('a'),
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
  await refused(
    cloud.subscribe(queueArn('jobs.fifo')),
    'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
  await refused(
    cloud.subscribeFifo(queueArn('jobs.fifo'), { RedrivePolicy }),
    'Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
  );
  const create = (input: object) => cloud.sns.send(new CreateTopicCommand({ Name: 'a.fifo', ...input }));
  await refused(create({}), 'Topic Name');
  await refused(create({ Name: 'a', Attributes: { FifoTopic: 'true' } }), 'Topic Name');
  const set = { TopicArn: TOPIC, AttributeName: 'FifoTopic', AttributeValue: 'true' };
  await refused(cloud.sns.send(new SetTopicAttributesCommand(set)), 'AttributeName');
});

test('subscriptions of addresses wait for a confirmation, and the terminal says that nothing is delivered', async () => {
  await using cloud = await topicCloud();
  const { sns } = cloud;
  const web = { TopicArn: TOPIC, Protocol: 'https', Endpoint: 'https://example.com/in' };
  expect((await sns.send(new SubscribeCommand(web))).SubscriptionArn).toBe('pending confirmation');
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ ...web, ReturnSubscriptionArn: true }));
  expect(SubscriptionArn).toMatch(new RegExp(`^${TOPIC}:`));
  const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(listed.Subscriptions).toEqual([{ ...web, Owner: '000000000000', SubscriptionArn: 'PendingConfirmation' }]);
  expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes).toMatchObject({
    PendingConfirmation: 'true',
    ConfirmationWasAuthenticated: 'false',
  });
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  expect(Attributes).toMatchObject({ SubscriptionsPending: '1', SubscriptionsConfirmed: '0' });
  const sms = { TopicArn: TOPIC, Protocol: 'sms', Endpoint: '+15551234567' };
  expect((await sns.send(new SubscribeCommand(sms))).SubscriptionArn).toMatch(new RegExp(`^${TOPIC}:`));
  await cloud.publish('hello');
  expect(cloud.warnings()).toEqual([
    expect.stringContaining('sends to addresses of this machine alone; it is confirmed by http://127.0.0.1'),
    expect.stringContaining('does not deliver by sms'),
    expect.stringContaining('a message for +15551234567 is recorded here and not sent'),
  ]);
});

test.each([
  ['an ARN of too few parts', { TopicArn: 'orders' }, 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
  ['a topic of another region', { TopicArn: TOPIC.replace('eu-west-1', 'us-east-1') }, 'TopicArn'],
  [
    'an endpoint of an application',
    { TopicArn: undefined, TargetArn: 'arn:aws:sns:eu-west-1:000000000000:endpoint/APNS/a/b' },
    'TargetArn Reason: No endpoint found for the target arn specified',
  ],
])('%s is refused as a target', async (_name, target, message) => {
  await using cloud = await topicCloud();
  await expect(cloud.publish('a', target)).rejects.toMatchObject({ message: `Invalid parameter: ${message}` });
});

test.each([
  [
    'a^b',
    { DataType: 'String', StringValue: 'x' },
    /^Invalid non-alphanumeric character '#x5E' was found in the message/,
  ],
  ['.a', { DataType: 'String', StringValue: 'x' }, /^Invalid message attribute name starting with character '\.'/],
  ['a..b', { DataType: 'String', StringValue: 'x' }, /^Message attribute name can not have successive '\.'/],
  [
    'a',
    { DataType: 'String', StringValue: '' },
    /must contain non-empty message attribute value for message attribute/,
  ],
  [
    'a',
    { DataType: 'Number', BinaryValue: Uint8Array.of(1) },
    /^The message attribute 'a' with type 'Number' must use/,
  ],
  [
    'a',
    { DataType: 'Binary', StringValue: 'x' },
    /^The message attribute 'a' with type 'Binary' must use field 'Binary'/,
  ],
])('the message attribute %s of %j is refused', async (name, attribute, message) => {
  await using cloud = await topicCloud();
  await expect(cloud.publish('a', { MessageAttributes: { [name]: attribute } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringMatching(message),
  });
});

test.each([
  [
    { FilterPolicy: '{"a":{"b":["c"]}}' },
    'Filter policy scope MessageAttributes does not support nested filter policy',
  ],
  [
    { FilterPolicy: JSON.stringify(Object.fromEntries([1, 2, 3, 4, 5, 6].map((key) => [key, ['a']]))) },
    'Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys',
  ],
  [
    { FilterPolicy: JSON.stringify({ a: Array.from('abcdefghijklm'), b: Array.from('abcdefghijklm') }) },
    'Attributes Reason: FilterPolicy: Filter policy is too complex',
  ],
  [{ RawMessageDelivery: 'yes' }, 'Attributes Reason: RawMessageDelivery: Invalid value [yes]. Must be true or false.'],
  [
    { FilterPolicyScope: 'Body' },
    'Attributes Reason: FilterPolicyScope: Invalid value [Body]. Please use either MessageBody or MessageAttributes',
  ],
  [
    { RedrivePolicy: '{"deadLetterTargetArn":"fake"}' },
    'Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn',
  ],
])('a subscription with %j is refused', async (attributes, message) => {
  await using cloud = await topicCloud();
  await expect(cloud.subscribe(queueArn('jobs'), attributes)).rejects.toMatchObject({
    message: `Invalid parameter: ${message}`,
  });
});

test('raw delivery may be written as True', async () => {
  await using cloud = await topicCloud();
  const SubscriptionArn = await cloud.subscribe(queueArn('jobs'), { RawMessageDelivery: 'True' });
  const { Attributes } = await cloud.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes?.RawMessageDelivery).toBe('true');
});

test.each([
  ['a.b', 'contains an impermissible character: a.b'],
  ['a'.repeat(81), `is too long: ${'a'.repeat(81)}`],
])('the id %s of a batch entry is refused', async (Id, message) => {
  await using cloud = await topicCloud();
  const batch = { TopicArn: TOPIC, PublishBatchRequestEntries: [{ Id, Message: 'a' }] };
  await expect(cloud.sns.send(new PublishBatchCommand(batch))).rejects.toThrow(
    `The Id of a batch entry in the batch request ${message}`,
  );
});

test('a topic is tagged with each key once', async () => {
  await using cloud = await topicCloud();
  const tag = { ResourceArn: TOPIC, Tags: ['1', '2'].map((Value) => ({ Key: 'team', Value })) };
  await expect(cloud.sns.send(new TagResourceCommand(tag))).rejects.toThrow(
    'Invalid parameter: Duplicated keys are not allowed.',
  );
});
