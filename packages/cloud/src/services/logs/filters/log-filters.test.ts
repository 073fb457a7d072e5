import { gunzipSync } from 'node:zlib';
import {
  CloudFormation,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

const logGroupName = 'orders';
const logStreamName = 'one';
const LONG = { timeout: 20_000 };

async function logCloud() {
  const cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const logs = new CloudWatchLogs(config);
  await logs.createLogGroup({ logGroupName });
  await logs.createLogStream({ logGroupName, logStreamName });
  return {
    cloud,
    config,
    logs,
    cloudWatch: new CloudWatch(config),
    write: (...messages: string[]) =>
      logs.putLogEvents({
        logGroupName,
        logStreamName,
        logEvents: messages.map((message) => ({ timestamp: Date.now(), message })),
      }),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

type LogCloud = Awaited<ReturnType<typeof logCloud>>;

const filtered = (value: string, more: object = {}) => ({
  logGroupName,
  filterName: 'failures',
  filterPattern: '{ $.status >= 500 }',
  metricTransformations: [{ metricNamespace: 'Shop', metricName: 'Failures', metricValue: value, ...more }],
});

async function sums({ cloudWatch }: LogCloud, MetricName: string, Dimensions: { Name: string; Value: string }[] = []) {
  const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
    Namespace: 'Shop',
    MetricName,
    Dimensions,
    StartTime: new Date(Date.now() - 3600_000),
    EndTime: new Date(Date.now() + 3600_000),
    Period: 86_400,
    Statistics: ['Sum', 'SampleCount'],
  });
  return Datapoints.map(({ Sum, SampleCount }) => [Sum, SampleCount]);
}

test('a metric filter is described as AWS describes it, and gone once it is deleted', async () => {
  await using it = await logCloud();
  await it.logs.putMetricFilter(filtered('1', { defaultValue: 0 }));
  const described = async () => (await it.logs.describeMetricFilters({ logGroupName })).metricFilters;
  expect(await described()).toEqual([
    {
      ...filtered('1', { defaultValue: 0 }),
      creationTime: expect.any(Number),
      applyOnTransformedLogs: false,
    },
  ]);
  await it.logs.deleteMetricFilter({ logGroupName, filterName: 'failures' });
  expect(await described()).toEqual([]);
  await expect(it.logs.deleteMetricFilter({ logGroupName, filterName: 'failures' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('events that match make values of the metric, by its value or by a field of theirs', async () => {
  await using it = await logCloud();
  await it.logs.putMetricFilter(filtered('1'));
  const metricTransformations = [
    { metricNamespace: 'Shop', metricName: 'Latency', metricValue: '$.latency', dimensions: { Path: '$.path' } },
  ];
  await it.logs.putMetricFilter({ ...filtered('1'), filterName: 'latency', metricTransformations });
  await it.write('{"status":200}', '{"status":500,"latency":7,"path":"/a"}', '{"status":503}', 'text');
  await expect.poll(() => sums(it, 'Failures'), LONG).toEqual([[2, 2]]);
  await expect.poll(() => sums(it, 'Latency', [{ Name: 'Path', Value: '/a' }]), LONG).toEqual([[7, 1]]);
});

test('an alarm follows the metric of a filter', async () => {
  await using it = await logCloud();
  await it.logs.putMetricFilter(filtered('1'));
  await it.cloudWatch.putMetricAlarm({
    AlarmName: 'failing',
    Namespace: 'Shop',
    MetricName: 'Failures',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  await it.write('{"status":500}');
  const state = async () => (await it.cloudWatch.describeAlarms({})).MetricAlarms?.[0]?.StateValue;
  await expect.poll(state, LONG).toBe('ALARM');
});

test('metrics that an event carries in the embedded format are reported', async () => {
  await using it = await logCloud();
  const event = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: 'Shop', Dimensions: [['Page'], []], Metrics: [{ Name: 'Views', Unit: 'Count' }] },
      ],
    },
    Page: 'home',
    Views: [1, 2],
  };
  await it.write(JSON.stringify(event), '{"_aws": "no metrics"}');
  await expect.poll(() => sums(it, 'Views', [{ Name: 'Page', Value: 'home' }]), LONG).toEqual([[3, 2]]);
  expect(await sums(it, 'Views')).toEqual([[3, 2]]);
});

test('a pattern is tried on messages without a log group', async () => {
  await using it = await logCloud();
  const logEventMessages = ['127.0.0.1 GET 404', '127.0.0.1 GET 200'];
  const { matches } = await it.logs.testMetricFilter({ filterPattern: '[ip, verb, status = 4*]', logEventMessages });
  expect(matches).toEqual([
    {
      eventNumber: 1,
      eventMessage: '127.0.0.1 GET 404',
      extractedValues: { $ip: '127.0.0.1', $verb: 'GET', $status: '404' },
    },
  ]);
});

const HANDLER = `exports.handler = async ({ awslogs }) => {
  const { gunzipSync } = require('node:zlib');
  console.log('SEEN ' + gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
};`;

const trusts = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** A function that says what it gets; returns its ARN. */
async function withFunction({ config }: LogCloud): Promise<string> {
  const iam = new IAM(config);
  const { Role } = await iam.createRole({
    RoleName: 'reader',
    AssumeRolePolicyDocument: trusts('lambda.amazonaws.com'),
  });
  const { FunctionArn = '' } = await new LambdaClient(config).send(
    new CreateFunctionCommand({
      FunctionName: 'reader',
      Role: Role?.Arn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(HANDLER) }) },
    }),
  );
  return FunctionArn;
}

test('a function that CloudWatch Logs may invoke gets the events of its subscription, packed as on AWS', async () => {
  await using it = await logCloud();
  const destinationArn = await withFunction(it);
  const subscription = { logGroupName, filterName: 'all', filterPattern: 'order', destinationArn };
  await expect(it.logs.putSubscriptionFilter(subscription)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  });
  await new LambdaClient(it.config).send(
    new AddPermissionCommand({
      FunctionName: 'reader',
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
      SourceArn: 'arn:aws:logs:eu-west-1:000000000000:log-group:orders:*',
    }),
  );
  await it.logs.putSubscriptionFilter(subscription);
  expect((await it.logs.describeSubscriptionFilters({ logGroupName })).subscriptionFilters).toEqual([
    { ...subscription, distribution: 'ByLogStream', applyOnTransformedLogs: false, creationTime: expect.any(Number) },
  ]);
  await it.write('an order', 'something else');
  const seen = () =>
    it.cloud.events.flatMap((event) =>
      event.kind === 'log' && event.message.includes('SEEN ')
        ? [JSON.parse(event.message.slice(event.message.indexOf('SEEN ') + 5))]
        : [],
    );
  await expect.poll(seen, LONG).toEqual([
    {
      messageType: 'DATA_MESSAGE',
      owner: '000000000000',
      logGroup: logGroupName,
      logStream: logStreamName,
      subscriptionFilters: ['all'],
      logEvents: [{ id: expect.any(String), timestamp: expect.any(Number), message: 'an order' }],
    },
  ]);
});

test('a Kinesis stream gets a message that tries it, and then the events, under the role of the subscription', async () => {
  await using it = await logCloud();
  const [kinesis, iam] = [new Kinesis(it.config), new IAM(it.config)];
  await kinesis.createStream({ StreamName: 'logs', ShardCount: 1 });
  const destinationArn = 'arn:aws:kinesis:eu-west-1:000000000000:stream/logs';
  const subscription = { logGroupName, filterName: 'all', filterPattern: '', destinationArn };
  await expect(it.logs.putSubscriptionFilter(subscription)).rejects.toMatchObject({
    message: 'destinationArn for vendor kinesis cannot be used without roleArn',
  });
  const { Role } = await iam.createRole({ RoleName: 'sender', AssumeRolePolicyDocument: trusts('logs.amazonaws.com') });
  const roleArn = Role?.Arn;
  await expect(it.logs.putSubscriptionFilter({ ...subscription, roleArn })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await iam.putRolePolicy({
    RoleName: 'sender',
    PolicyName: 'sends',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: destinationArn }],
    }),
  });
  await it.logs.putSubscriptionFilter({ ...subscription, roleArn });
  await it.write('hello');
  const received = async () => {
    const start = { StreamName: 'logs', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' as const };
    const { ShardIterator } = await kinesis.getShardIterator(start);
    const { Records = [] } = await kinesis.getRecords({ ShardIterator });
    return Records.map(({ Data }) => JSON.parse(gunzipSync(Data ?? '').toString()));
  };
  await expect
    .poll(received, LONG)
    .toMatchObject([
      { messageType: 'CONTROL_MESSAGE' },
      { messageType: 'DATA_MESSAGE', logEvents: [{ message: 'hello' }] },
    ]);
  kinesis.destroy();
});

// test_put_subscription_filter_errors, test_delete_subscription_filter_errors.
test('a subscription is refused in the words of AWS', async () => {
  await using it = await logCloud();
  const of = (destinationArn: string) => ({ logGroupName, filterName: 'a', filterPattern: '', destinationArn });
  await expect(
    it.logs.putSubscriptionFilter(of('arn:aws:lambda:eu-west-1:111111111111:function:f')),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
  });
  await expect(it.logs.deleteSubscriptionFilter({ logGroupName, filterName: 'a' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified subscription filter does not exist.',
  });
  await expect(it.logs.describeSubscriptionFilters({ logGroupName: 'none' })).rejects.toMatchObject({
    message: 'The specified log group does not exist.',
  });
});

test('a stack has a metric filter, and takes it away', async () => {
  await using it = await logCloud();
  const cfn = new CloudFormation(it.config);
  const wait = { client: cfn, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 };
  const StackName = 'shop';
  const TemplateBody = JSON.stringify({
    Resources: {
      Filter: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: logGroupName,
          FilterPattern: 'ERROR',
          MetricTransformations: [{ MetricName: 'Errors', MetricNamespace: 'Shop', MetricValue: '1', DefaultValue: 0 }],
        },
      },
    },
  });
  await cfn.createStack({ StackName, TemplateBody });
  await waitUntilStackCreateComplete(wait, { StackName });
  const filters = async () => (await it.logs.describeMetricFilters({})).metricFilters ?? [];
  expect(await filters()).toMatchObject([
    { filterName: expect.stringMatching(/^shop-Filter-/), filterPattern: 'ERROR' },
  ]);
  await cfn.deleteStack({ StackName });
  await waitUntilStackDeleteComplete(wait, { StackName });
  expect(await filters()).toEqual([]);
});
