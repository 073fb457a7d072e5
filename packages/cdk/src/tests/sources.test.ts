import { Goblet } from '@goblet/cdk';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import type { app as sourcesApp } from './fixtures/sources/app.js';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

type Props = ConstructorParameters<typeof Goblet<typeof sourcesApp>>[2];
type Sources = Props['sources'];

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const { NEW_IMAGE, KEYS_ONLY } = dynamodb.StreamViewType;

/** What binds each source of the app, made when it is asked for. */
const makers = {
  jobs: (stack: Stack): Sources['jobs'] => new sqs.Queue(stack, 'Jobs'),
  placed: (stack: Stack): Sources['placed'] => new sns.Topic(stack, 'Placed'),
  uploads: (stack: Stack): Sources['uploads'] => new s3.Bucket(stack, 'Uploads'),
  shipped: (stack: Stack): Sources['shipped'] => new events.EventBus(stack, 'Shipped'),
  clicks: (stack: Stack): Sources['clicks'] => new kinesis.Stream(stack, 'Clicks'),
  changes: (stack: Stack): Sources['changes'] =>
    new dynamodb.TableV2(stack, 'Table', { partitionKey, dynamoStream: NEW_IMAGE }),
};

/** A stack of the app, with some of its sources bound otherwise. */
function sourcesStack(own: Partial<typeof makers> = {}, more: (stack: Stack) => Partial<Props> = () => ({})) {
  const stack = new Stack(unbundled(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
  const made = { ...makers, ...own };
  const sources: Sources = {
    jobs: made.jobs(stack),
    placed: made.placed(stack),
    uploads: made.uploads(stack),
    shipped: made.shipped(stack),
    clicks: made.clicks(stack),
    changes: made.changes(stack),
  };
  new Goblet<typeof sourcesApp>(stack, 'App', { entry: fixture('sources'), sources, ...more(stack) });
  return Template.fromStack(stack);
}

/** The logical id of the one resource of a type whose id starts so. */
function idOf(template: Template, type: string, start: string): string {
  const [id, another] = Object.keys(template.findResources(type)).filter((name) => name.startsWith(start));
  if (id === undefined || another !== undefined) throw new Error(`not one ${type} is ${start}…`);
  return id;
}
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const functionId = (template: Template, name: string) => idOf(template, 'AWS::Lambda::Function', `App${name}`);

/** What the role of a function may do beyond its log, by action and resource. */
function grants(template: Template, name: string): readonly { actions: string[]; resource: unknown }[] {
  const { Properties } =
    template.findResources('AWS::IAM::Policy')[idOf(template, 'AWS::IAM::Policy', `App${name}Policy`)] ?? {};
  const statements: { Action: string | string[]; Resource: unknown }[] = Properties.PolicyDocument.Statement;
  return statements
    .map(({ Action, Resource }) => ({ actions: [Action].flat().sort(), resource: Resource }))
    .filter(({ actions }) => !actions[0]?.startsWith('logs:'));
}

describe('a queue', () => {
  test('is read in batches that are answered in part, as the app declares', () => {
    const template = sourcesStack();
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId(template, 'jobs') },
      EventSourceArn: arn(idOf(template, 'AWS::SQS::Queue', 'Jobs')),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 50,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 3 },
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["a"]}}' }] },
    });
    expect(grants(template, 'jobs')).toEqual([
      {
        actions: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ReceiveMessage',
        ],
        resource: arn(idOf(template, 'AWS::SQS::Queue', 'Jobs')),
      },
    ]);
  });

  test('that is encrypted lets the function decrypt', () => {
    const template = sourcesStack({
      jobs: (stack) => new sqs.Queue(stack, 'Jobs', { encryptionMasterKey: new kms.Key(stack, 'Key') }),
    });
    expect(grants(template, 'jobs')).toContainEqual({
      actions: ['kms:Decrypt'],
      resource: arn(idOf(template, 'AWS::KMS::Key', 'Key')),
    });
  });

  test('may be an L1', () => {
    const template = sourcesStack({ jobs: (stack) => new sqs.CfnQueue(stack, 'Raw') });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Raw') });
    expect(grants(template, 'jobs')[0]?.resource).toEqual(arn('Raw'));
  });

  test('beside a role of another stack makes no circle', () => {
    const app = unbundled();
    const roles = new Stack(app, 'Roles');
    const role = new iam.Role(roles, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const stack = new Stack(app, 'Stack');
    const sources = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(stack)]));
    const functions = { jobs: { role }, clicks: { role }, changes: { role } };
    new Goblet(stack, 'App', { entry: fixture('sources'), sources, functions });
    const template = Template.fromStack(stack);
    for (const name of ['jobs', 'clicks', 'changes']) expect(grants(template, name)).not.toEqual([]);
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('a queue is refused, as Lambda would when it is deployed,', () => {
  const refused = (jobs: (stack: Stack) => Sources['jobs'], more: Partial<Props> = {}) =>
    refusal(() => sourcesStack({ jobs }, () => more)).message;
  const seconds = Duration.seconds;

  test.for([
    ['made here', (stack: Stack) => new sqs.Queue(stack, 'Jobs', { fifo: true })],
    ['an L1', (stack: Stack) => new sqs.CfnQueue(stack, 'Jobs', { fifoQueue: true })],
    ['imported', (stack: Stack) => sqs.Queue.fromQueueArn(stack, 'Jobs', 'arn:aws:sqs:eu-west-1:123456789012:j.fifo')],
  ] as const)('where it is a FIFO queue, %s, and the app gathers batches in a window', ([, jobs]) => {
    expect(refused(jobs)).toBe(
      'GOBLET_CDK_FIFO: jobs (fixtures/sources/app.ts:23) has a batchWindow, but Stack/Jobs is a FIFO queue, for which Lambda does not accept one; leave batchWindow out, and keep batchSize at 10 or less',
    );
  });

  test('where it hides messages for less time than the function may take', () => {
    const jobs = (stack: Stack) => new sqs.Queue(stack, 'Jobs', { visibilityTimeout: seconds(59) });
    expect(refused(jobs, { functions: { jobs: { timeout: seconds(60) } } })).toBe(
      'GOBLET_CDK_VISIBILITY_TIMEOUT: jobs (fixtures/sources/app.ts:23) may run 60 seconds, but the queue Stack/Jobs hides messages for 59; give the queue a visibilityTimeout of at least that (AWS recommends six times as much), or the function a shorter timeout',
    );
  });

  test('where it hides messages for the 30 seconds that SQS does by itself', () => {
    const longer = { functions: { jobs: { timeout: seconds(31) } } };
    expect(refused(makers.jobs, longer)).toContain(
      'may run 31 seconds, but the queue Stack/Jobs hides messages for 30',
    );
    expect(refused((stack) => new sqs.CfnQueue(stack, 'Raw'), longer)).toContain('Stack/Raw hides messages for 30');
  });

  test('and not where it hides them as long, or nobody here knows for how long', () => {
    const functions = { jobs: { timeout: seconds(60) } };
    const enough = (stack: Stack) => new sqs.Queue(stack, 'Jobs', { visibilityTimeout: seconds(60) });
    const imported = (stack: Stack) => sqs.Queue.fromQueueArn(stack, 'Jobs', 'arn:aws:sqs:eu-west-1:123456789012:jobs');
    for (const jobs of [enough, imported]) expect(() => sourcesStack({ jobs }, () => ({ functions }))).not.toThrow();
  });
});

describe('a topic', () => {
  test('invokes the function with the messages that the app wants', () => {
    const template = sourcesStack();
    const topic = { Ref: idOf(template, 'AWS::SNS::Topic', 'Placed') };
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      TopicArn: topic,
      Endpoint: arn(functionId(template, 'placed')),
      FilterPolicy: { kind: [{ prefix: 'order' }] },
      FilterPolicyScope: 'MessageBody',
      RedrivePolicy: Match.absent(),
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn(functionId(template, 'placed')),
      Principal: 'sns.amazonaws.com',
      SourceArn: topic,
    });
    expect(grants(template, 'placed')).toEqual([]);
  });

  test('may keep what it could not deliver, and what the function did not handle', () => {
    const template = sourcesStack({
      placed: (stack) => ({
        topic: new sns.Topic(stack, 'Placed'),
        deadLetterQueue: new sqs.Queue(stack, 'Undelivered'),
        onFailure: new SqsDestination(new sqs.Queue(stack, 'Unhandled')),
        retryAttempts: 1,
      }),
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      RedrivePolicy: { deadLetterTargetArn: arn(idOf(template, 'AWS::SQS::Queue', 'Undelivered')) },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: functionId(template, 'placed') },
      DestinationConfig: { OnFailure: { Destination: arn(idOf(template, 'AWS::SQS::Queue', 'Unhandled')) } },
      MaximumRetryAttempts: 1,
    });
  });

  test('may be an L1', () => {
    const template = sourcesStack({ placed: (stack) => new sns.CfnTopic(stack, 'Raw') });
    template.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: { Ref: 'Raw' } });
    template.hasResourceProperties('AWS::Lambda::Permission', { SourceArn: { Ref: 'Raw' } });
  });
});

test.for([
  ['made here', (stack: Stack) => new sns.Topic(stack, 'Placed', { fifo: true })],
  ['an L1', (stack: Stack) => new sns.CfnTopic(stack, 'Placed', { fifoTopic: true })],
  ['imported', (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Placed', 'arn:aws:sns:eu-west-1:123456789012:p.fifo')],
  ['given with more', (stack: Stack) => ({ topic: new sns.Topic(stack, 'Placed', { fifo: true }), retryAttempts: 1 })],
] as const)('a FIFO topic, %s, is refused: SNS delivers it to queues alone', ([, placed]) => {
  expect(refusal(() => sourcesStack({ placed })).message).toBe(
    'GOBLET_CDK_FIFO: placed (fixtures/sources/app.ts:23) handles the messages of Stack/Placed, a FIFO topic, which SNS delivers only to queues; subscribe a queue to it, and declare queue(topic(…))',
  );
});

describe('a bucket', () => {
  const notifications = {
    NotificationConfiguration: {
      LambdaFunctionConfigurations: ['s3:ObjectCreated:Put', 's3:ObjectRemoved:*'].map((event) =>
        Match.objectLike({
          Events: [event],
          Filter: {
            Key: {
              FilterRules: Match.arrayWith([
                { Name: 'suffix', Value: '.csv' },
                { Name: 'prefix', Value: 'in/' },
              ]),
            },
          },
        }),
      ),
    },
  };

  test('tells the function of the objects that the app wants to know of', () => {
    const template = sourcesStack();
    const bucket = idOf(template, 'AWS::S3::Bucket', 'Uploads');
    template.hasResourceProperties('Custom::S3BucketNotifications', { BucketName: { Ref: bucket }, ...notifications });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: arn(functionId(template, 'uploads')),
      Principal: 's3.amazonaws.com',
      SourceArn: arn(bucket),
      SourceAccount: '123456789012',
    });
    expect(grants(template, 'uploads')).toEqual([]);
  });

  test('may be an L1, and keep what the function did not handle', () => {
    const template = sourcesStack({
      uploads: (stack) => ({
        bucket: new s3.CfnBucket(stack, 'Raw'),
        onFailure: new SqsDestination(new sqs.Queue(stack, 'Unhandled')),
      }),
    });
    template.hasResourceProperties('Custom::S3BucketNotifications', { Managed: false, ...notifications });
    template.hasResourceProperties('AWS::Lambda::Permission', { SourceArn: arn('Raw') });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: functionId(template, 'uploads') },
    });
  });
});

describe('a bus', () => {
  test('invokes the function with the events that match the pattern', () => {
    const template = sourcesStack();
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: idOf(template, 'AWS::Events::EventBus', 'Shipped') },
      EventPattern: { source: ['shop'], 'detail-type': ['Shipped'], detail: { n: [{ exists: false }] } },
      State: 'ENABLED',
      Targets: [{ Arn: arn(functionId(template, 'shipped')), Id: 'Target0' }],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: arn(functionId(template, 'shipped')),
      Principal: 'events.amazonaws.com',
      SourceArn: arn(idOf(template, 'AWS::Events::Rule', 'App')),
    });
    expect(grants(template, 'shipped')).toEqual([]);
  });

  test('may be the default one, and keep what it could not deliver', () => {
    const template = sourcesStack({
      shipped: (stack) => ({
        eventBus: events.EventBus.fromEventBusName(stack, 'Default', 'default'),
        deadLetterQueue: new sqs.Queue(stack, 'Undelivered'),
        onFailure: new SqsDestination(new sqs.Queue(stack, 'Unhandled')),
      }),
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'default',
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: arn(idOf(template, 'AWS::SQS::Queue', 'Undelivered')) } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: functionId(template, 'shipped') },
    });
  });
});

describe('a stream', () => {
  const READ = [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  ];

  test('is read as the app declares', () => {
    const template = sourcesStack({
      clicks: (stack) => new kinesis.Stream(stack, 'Clicks', { encryption: kinesis.StreamEncryption.UNENCRYPTED }),
    });
    const stream = arn(idOf(template, 'AWS::Kinesis::Stream', 'Clicks'));
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId(template, 'clicks') },
      EventSourceArn: stream,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 200,
      MaximumBatchingWindowInSeconds: 2,
      StartingPosition: 'LATEST',
      BisectBatchOnFunctionError: true,
      ParallelizationFactor: 4,
      FilterCriteria: { Filters: [{ Pattern: '{"partitionKey":["1"]}' }] },
      MaximumRetryAttempts: Match.absent(),
    });
    expect(grants(template, 'clicks')).toEqual([{ actions: READ, resource: stream }]);
  });

  test('that is encrypted with a key of one’s own lets the function decrypt, and may note what was given up', () => {
    const template = sourcesStack({
      clicks: (stack) => ({
        stream: new kinesis.Stream(stack, 'Clicks', { encryptionKey: new kms.Key(stack, 'Key') }),
        onFailure: new SqsDlq(new sqs.Queue(stack, 'GivenUp')),
      }),
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId(template, 'clicks') },
      DestinationConfig: { OnFailure: { Destination: arn(idOf(template, 'AWS::SQS::Queue', 'GivenUp')) } },
    });
    expect(grants(template, 'clicks')).toContainEqual({
      actions: ['kms:Decrypt'],
      resource: arn(idOf(template, 'AWS::KMS::Key', 'Key')),
    });
  });

  test('may be an L1', () => {
    const template = sourcesStack({ clicks: (stack) => new kinesis.CfnStream(stack, 'Raw') });
    expect(grants(template, 'clicks')).toEqual([{ actions: READ, resource: arn('Raw') }]);
  });
});

describe('the stream of a table', () => {
  const streamArn = (id: string) => ({ 'Fn::GetAtt': [id, 'StreamArn'] });

  test('is read as the app declares', () => {
    const template = sourcesStack();
    const table = idOf(template, 'AWS::DynamoDB::GlobalTable', 'Table');
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionId(template, 'changes') },
      EventSourceArn: streamArn(table),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3600,
      BatchSize: Match.absent(),
    });
    expect(grants(template, 'changes').map(({ actions }) => actions)).toEqual([
      ['dynamodb:ListStreams'],
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    ]);
    expect(grants(template, 'changes')[1]?.resource).toEqual(streamArn(table));
  });

  test('may be that of a Table, and note what was given up', () => {
    const template = sourcesStack({
      changes: (stack) => ({
        table: new dynamodb.Table(stack, 'Table', { partitionKey, stream: NEW_IMAGE }),
        onFailure: new SqsDlq(new sqs.Queue(stack, 'GivenUp')),
      }),
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: streamArn(idOf(template, 'AWS::DynamoDB::Table', 'Table')),
      DestinationConfig: { OnFailure: { Destination: arn(idOf(template, 'AWS::SQS::Queue', 'GivenUp')) } },
    });
  });

  test('may be imported', () => {
    const tableStreamArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/mine/stream/2026-01-01T00:00:00.000';
    const template = sourcesStack({
      changes: (stack) => dynamodb.TableV2.fromTableAttributes(stack, 'Table', { tableName: 'mine', tableStreamArn }),
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: tableStreamArn });
  });

  test.for([
    ['Table', (stack: Stack) => new dynamodb.Table(stack, 'Table', { partitionKey })],
    ['TableV2', (stack: Stack) => new dynamodb.TableV2(stack, 'Table', { partitionKey })],
  ] as const)('is refused where the %s has none', ([, changes]) => {
    expect(refusal(() => sourcesStack({ changes })).message).toMatch(
      /^GOBLET_CDK_TABLE_STREAM: changes \(.*app\.ts:\d+\) reads the stream of the table Stack\/Table, which has no stream; give the table stream: dynamodb\.StreamViewType\.NEW_IMAGE/,
    );
  });

  test('is refused where the table streams other images than the app expects', () => {
    const changes = (stack: Stack) => new dynamodb.Table(stack, 'Table', { partitionKey, stream: KEYS_ONLY });
    expect(refusal(() => sourcesStack({ changes })).message).toMatch(
      /^GOBLET_CDK_TABLE_STREAM: changes \(.*\) expects NEW_IMAGE from the table Stack\/Table, which streams KEYS_ONLY/,
    );
  });
});

describe('needs', () => {
  test('that are not bound are refused by name', () => {
    const make = () => new Goblet(new Stack(unbundled(), 'Stack'), 'App', { entry: fixture('sources') });
    expect(refusal(make).message).toMatch(
      /^GOBLET_CDK_SOURCE_UNBOUND: the app \(fixtures\/sources\/app\.ts:6\) needs jobs, placed, uploads, shipped, clicks, changes/,
    );
  });

  test('that are not bound, or to a resource of another kind, do not compile', () => {
    const programs = (stack: Stack, all: Sources) => {
      const { placed, ...others } = all;
      const entry = fixture('sources');
      // @ts-expect-error: placed is missing
      new Goblet<typeof sourcesApp>(stack, 'A', { entry, sources: others });
      // @ts-expect-error: a queue is no topic
      new Goblet<typeof sourcesApp>(stack, 'B', { entry, sources: { ...all, placed: new sqs.Queue(stack, 'Q') } });
      // @ts-expect-error: a stream has no retries of asynchronous invocations
      new Goblet<typeof sourcesApp>(stack, 'C', { entry, sources: { ...all, clicks: { stream: placed } } });
    };
    expect(programs).toBeTypeOf('function');
  });
});
