import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/test-cloud.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

const Bucket = 'bucket';
const ACCOUNT = '000000000000';
const QueueArn = `arn:aws:sqs:eu-west-1:${ACCOUNT}:events`;

const letsIn = (service: string, Action: string, Resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action, Resource }],
  });

function clients(cloud: TestCloud) {
  const config = cloud.clientConfig();
  return {
    s3: new S3Client(config),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    events: new EventBridgeClient(config),
  };
}

type Clients = ReturnType<typeof clients>;

/** A bucket, and a queue that takes messages of a service. */
async function prepare({ s3, sqs }: Clients, service = 's3.amazonaws.com'): Promise<string> {
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const Attributes = { Policy: letsIn(service, 'sqs:SendMessage', QueueArn) };
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'events', Attributes }));
  return QueueUrl;
}

const notify = ({ s3 }: Clients, NotificationConfiguration: NotificationConfiguration) =>
  s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));

async function receive({ sqs }: Clients, QueueUrl: string): Promise<Record<string, unknown>> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  return JSON.parse(Messages[0]?.Body ?? '{}');
}

test('a queue gets a test message, and then what it asked for', async () => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  const url = await prepare(all);
  const Filter = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'in/' }] } };
  await notify(all, { QueueConfigurations: [{ Id: 'mine', QueueArn, Events: ['s3:ObjectCreated:*'], Filter }] });
  expect(await receive(all, url)).toMatchObject({ Event: 's3:TestEvent', Bucket });
  await all.s3.send(new PutObjectCommand({ Bucket, Key: 'out', Body: 'x' }));
  await all.s3.send(new PutObjectCommand({ Bucket, Key: 'in/a b', Body: 'hello' }));
  expect(await receive(all, url)).toMatchObject({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        awsRegion: 'eu-west-1',
        s3: {
          configurationId: 'mine',
          bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
          object: { key: 'in/a+b', size: 5, eTag: '5d41402abc4b2a76b9719d911017c592' },
        },
      },
    ],
  });
});

test('a deletion is told of', async () => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  const url = await prepare(all);
  await notify(all, { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectRemoved:Delete'] }] });
  await receive(all, url);
  await all.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  await all.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  const { Records } = await receive(all, url);
  expect(Records).toMatchObject([{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'a' } } }]);
});

test('a topic hands events on to its subscribers', async () => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  const url = await prepare(all, 'sns.amazonaws.com');
  const { TopicArn = '' } = await all.sns.send(new CreateTopicCommand({ Name: 'topic' }));
  const AttributeValue = letsIn('s3.amazonaws.com', 'sns:Publish', TopicArn);
  await all.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  await all.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QueueArn }));
  await notify(all, { TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:Put'] }] });
  await receive(all, url);
  await all.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  const { Subject, Message } = await receive(all, url);
  expect(Subject).toBe('Amazon S3 Notification');
  expect(JSON.parse(String(Message))).toMatchObject({ Records: [{ eventName: 'ObjectCreated:Put' }] });
});

test('EventBridge gets every event of a bucket that has it on', async () => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  const url = await prepare(all, 'events.amazonaws.com');
  const EventPattern = JSON.stringify({ source: ['aws.s3'], 'detail-type': ['Object Created'] });
  await all.events.send(new PutRuleCommand({ Name: 'rule', EventPattern }));
  await all.events.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'queue', Arn: QueueArn }] }));
  await notify(all, { EventBridgeConfiguration: {} });
  await all.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
  expect(await receive(all, url)).toMatchObject({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: [`arn:aws:s3:::${Bucket}`],
    detail: { bucket: { name: Bucket }, object: { key: 'a', size: 5 }, reason: 'PutObject' },
  });
});

test.each([
  [{ QueueConfigurations: [{ QueueArn: 'queue', Events: ['s3:ObjectCreated:*'] }] }, 'The ARN could not be parsed'],
  [
    { QueueConfigurations: [{ QueueArn: `${QueueArn}-not`, Events: ['s3:ObjectCreated:*'] }] },
    'Unable to validate the following destination configurations',
  ],
  [
    {
      QueueConfigurations: [
        {
          QueueArn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'INVALID' as 'prefix', Value: 'x' }] } },
        },
      ],
    },
    'filter rule name must be either prefix or suffix',
  ],
] as [NotificationConfiguration, string][])('the notifications %j are refused', async (configuration, message) => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  await prepare(all);
  await expect(notify(all, configuration)).rejects.toMatchObject({ name: 'InvalidArgument', message });
  expect(
    (await all.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).QueueConfigurations,
  ).toBeUndefined();
});

test("a bucket of a stack tells the stack's queue", async () => {
  await using cloud = await testCloud();
  const all = clients(cloud);
  const policy = JSON.parse(letsIn('s3.amazonaws.com', 'sqs:SendMessage', '*'));
  const Resources = {
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy },
    },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      DependsOn: 'Policy',
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] },
              Filter: { S3Key: { Rules: [{ Name: 'suffix', Value: '.txt' }] } },
            },
          ],
        },
      },
    },
  };
  const Outputs = { Url: { Value: { Ref: 'Queue' } }, Name: { Value: { Ref: 'Bucket' } } };
  const outputs = await testStack(cloud, 'stack').create({ Resources, Outputs });
  await receive(all, outputs.Url ?? '');
  await all.s3.send(new PutObjectCommand({ Bucket: outputs.Name, Key: 'a.txt', Body: 'x' }));
  expect(await receive(all, outputs.Url ?? '')).toMatchObject({ Records: [{ s3: { object: { key: 'a.txt' } } }] });
});
