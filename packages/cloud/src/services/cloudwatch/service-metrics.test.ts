import { CloudWatch, type Statistic } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const TRUST = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A function behind a REST API and an HTTP API, which fails if it is asked to, and alarms on what is measured of it. */
const TEMPLATE = {
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } },
    Answer: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'answer',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: arnOf('Role'),
        Code: {
          ZipFile:
            "exports.handler = async ({ rawPath, path }) => { if ((rawPath ?? path) === '/fail') throw new Error('asked to'); return { statusCode: 200, body: 'ok' }; };",
        },
      },
    },
    Allowed: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'answer', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
      DependsOn: 'Answer',
    },
    Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'web', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Http' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf('Answer'),
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Http' },
        RouteKey: '$default',
        Target: { 'Fn::Sub': 'integrations/${Integration}' },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Http' }, StageName: '$default', AutoDeploy: true },
    },
    Rest: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Body: {
          openapi: '3.0.1',
          info: { title: 'shop', version: '1' },
          paths: {
            '/{proxy+}': {
              'x-amazon-apigateway-any-method': {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  httpMethod: 'POST',
                  uri: {
                    'Fn::Sub':
                      'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Answer.Arn}/invocations',
                  },
                },
              },
            },
          },
        },
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Rest' }, StageName: 'v1' } },
    Failures: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'failures',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: 'answer' }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      },
    },
  },
  Outputs: { Http: { Value: { Ref: 'Http' } }, Rest: { Value: { Ref: 'Rest' } } },
};

let cloud: TestCloud;
let cloudWatch: CloudWatch;
let apis: Readonly<Record<string, string>>;

beforeAll(async () => {
  cloud = await testCloud();
  cloudWatch = new CloudWatch(cloud.clientConfig());
  apis = await testStack(cloud, 'app').create(TEMPLATE);
});
afterAll(() => cloud.close());

/** A statistic of a metric in the last minutes. */
async function measured(
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string | undefined>>,
  statistic: Statistic = 'Sum',
): Promise<number> {
  const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    StartTime: new Date(Date.now() - 600_000),
    EndTime: new Date(Date.now() + 60_000),
    Period: 3600,
    Statistics: [statistic],
  });
  return Datapoints.reduce((sum, point) => sum + (point[statistic] ?? 0), 0);
}

const get = async (address: string) => (await fetch(`${cloud.endpoint}/_api/${address}`)).status;

test('an alarm on the errors of a function changes its state when the function has failed', async () => {
  const state = async () =>
    (await cloudWatch.describeAlarms({ AlarmNames: ['failures'] })).MetricAlarms?.[0]?.StateValue;
  expect(await get(`${apis.Http}/ok`)).toBe(200);
  expect(await state()).not.toBe('ALARM');
  expect(await get(`${apis.Http}/fail`)).toBe(500);
  await expect.poll(state, { timeout: 20_000 }).toBe('ALARM');
});

describe('the services report', () => {
  test('invocations of a function, how many failed, and how long they took', async () => {
    const before = await measured('AWS/Lambda', 'Invocations', { FunctionName: 'answer' });
    await get(`${apis.Http}/ok`);
    await get(`${apis.Http}/fail`);
    const of = { FunctionName: 'answer' };
    expect(await measured('AWS/Lambda', 'Invocations', of)).toBe(before + 2);
    expect(await measured('AWS/Lambda', 'Invocations', {})).toBe(before + 2);
    expect(await measured('AWS/Lambda', 'Errors', of)).toBeGreaterThanOrEqual(1);
    expect(await measured('AWS/Lambda', 'Duration', of, 'Maximum')).toBeGreaterThan(0);
    expect(await measured('AWS/Lambda', 'ConcurrentExecutions', of, 'Maximum')).toBeGreaterThanOrEqual(1);
  });

  test('requests of APIs and their errors, by the name of a REST API and the id of an HTTP API', async () => {
    await get(`${apis.Rest}/v1/ok`);
    await get(`${apis.Rest}/v1/fail`);
    const rest = { ApiName: 'shop', Stage: 'v1' };
    expect(await measured('AWS/ApiGateway', 'Count', rest, 'SampleCount')).toBe(2);
    expect(await measured('AWS/ApiGateway', '5XXError', rest)).toBe(1);
    expect(await measured('AWS/ApiGateway', '4XXError', { ApiName: 'shop' })).toBe(0);
    expect(await measured('AWS/ApiGateway', 'Latency', rest, 'Average')).toBeGreaterThan(0);
    const before = await measured('AWS/ApiGateway', '5xx', { ApiId: apis.Http });
    await get(`${apis.Http}/fail`);
    expect(await measured('AWS/ApiGateway', '5xx', { ApiId: apis.Http })).toBe(before + 1);
  });

  test('messages of a queue, and how many wait in it', async () => {
    const sqs = new SQS(cloud.clientConfig());
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'jobs' });
    for (const MessageBody of ['one', 'two']) await sqs.sendMessage({ QueueUrl, MessageBody });
    const of = { QueueName: 'jobs' };
    expect(await measured('AWS/SQS', 'NumberOfMessagesSent', of)).toBe(2);
    expect(await measured('AWS/SQS', 'ApproximateNumberOfMessagesVisible', of, 'Maximum')).toBe(2);
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl });
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
    expect(await measured('AWS/SQS', 'NumberOfMessagesDeleted', of)).toBe(1);
    sqs.destroy();
  });

  test('latencies and refusals of a table', async () => {
    const dynamodb = new DynamoDB(cloud.clientConfig());
    const TableName = 'items';
    await dynamodb.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    const put = { TableName, Item: { id: { S: '1' } }, ConditionExpression: 'attribute_not_exists(id)' };
    await dynamodb.putItem(put);
    await expect(dynamodb.putItem(put)).rejects.toThrow('conditional');
    const latency = { TableName, Operation: 'PutItem' };
    expect(await measured('AWS/DynamoDB', 'SuccessfulRequestLatency', latency, 'SampleCount')).toBe(1);
    expect(await measured('AWS/DynamoDB', 'ConditionalCheckFailedRequests', { TableName })).toBe(1);
    dynamodb.destroy();
  });

  test('messages of a topic, and events of a rule', async () => {
    const sns = new SNS(cloud.clientConfig());
    const { TopicArn } = await sns.createTopic({ Name: 'news' });
    await sns.publish({ TopicArn, Message: 'hello' });
    expect(await measured('AWS/SNS', 'NumberOfMessagesPublished', { TopicName: 'news' })).toBe(1);
    const events = new EventBridge(cloud.clientConfig());
    await events.putRule({ Name: 'orders', EventPattern: '{"source":["shop"]}' });
    await events.putTargets({ Rule: 'orders', Targets: [{ Id: 'a', Arn: TopicArn }] });
    await events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: '{}' }] });
    const failed = () => measured('AWS/Events', 'FailedInvocations', { RuleName: 'orders' });
    // The topic's policy lets only its owner publish.
    await expect.poll(failed, { timeout: 20_000 }).toBe(1);
    expect(await measured('AWS/Events', 'TriggeredRules', { RuleName: 'orders' })).toBe(1);
    for (const client of [sns, events]) client.destroy();
  });
});
