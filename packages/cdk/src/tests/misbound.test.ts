import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

type Given = (stack: Stack) => Readonly<Record<string, unknown>>;

/** As from JavaScript: no compiler has looked at the bindings. */
function refused(name: string, property: string, given: Given): string {
  const stack = new Stack(unbundled(), 'Stack');
  const props = { entry: fixture(name), [property]: given(stack) };
  return refusal(() => new Goblet(stack, 'Api', props)).message;
}

const bindings: Given = (stack) => ({
  jobs: new sqs.Queue(stack, 'Jobs'),
  placed: new sns.Topic(stack, 'Placed'),
  uploads: new s3.Bucket(stack, 'Uploads'),
  shipped: new events.EventBus(stack, 'Shipped'),
  clicks: new kinesis.Stream(stack, 'Clicks'),
  changes: new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    stream: dynamodb.StreamViewType.NEW_IMAGE,
  }),
});

describe('a source that is bound to something of another kind is refused with what it takes and what it was given', () => {
  const given =
    (name: string, other: string): Given =>
    (stack) => {
      const all = bindings(stack);
      return { ...all, [name]: all[other] };
    };

  test.for([
    ['jobs', 'placed', 'an SQS queue', 'Stack/Placed (AWS::SNS::Topic)', 'queue'],
    ['placed', 'jobs', 'an SNS topic', 'Stack/Jobs (AWS::SQS::Queue)', 'topic'],
    ['uploads', 'clicks', 'an S3 bucket', 'Stack/Clicks (AWS::Kinesis::Stream)', 'bucket'],
    ['shipped', 'uploads', 'an EventBridge bus', 'Stack/Uploads (AWS::S3::Bucket)', 'eventBus'],
    ['clicks', 'changes', 'a Kinesis stream', 'Stack/Table (AWS::DynamoDB::Table)', 'stream'],
    ['changes', 'shipped', 'a DynamoDB table', 'Stack/Shipped (AWS::Events::EventBus)', 'table'],
  ] as const)('%s by %s', ([name, other, takes, is, give]) => {
    expect(refused('sources', 'sources', given(name, other))).toBe(
      `GOBLET_CDK_SOURCE_UNBOUND: the app (fixtures/sources/app.ts:6) takes ${takes} for ${name}, but ${is} is given; give sources: { ${name}: ${give} }`,
    );
  });

  test.for([
    ['a text', 'jobs-queue', '"jobs-queue"'],
    ['a number', 7, '7'],
    ['nothing', null, 'null'],
    ['an L1', (stack: Stack) => new sqs.CfnQueue(stack, 'Raw'), 'Stack/Raw (AWS::SQS::Queue)'],
    ['an empty object', {}, '{}'],
    ['an object of other members', { tpoic: 1, onFailure: 2 }, '{ tpoic, onFailure }'],
    ['an object of something else', { topic: 'arn:aws:sns:eu-west-1:1:t' }, '{ topic }'],
    ['a list', [], 'a list'],
  ] as const)('%s', ([, value, is]) => {
    expect(
      refused('sources', 'sources', (stack) => ({
        ...bindings(stack),
        placed: typeof value === 'function' ? value(stack) : value,
      })),
    ).toBe(
      `GOBLET_CDK_SOURCE_UNBOUND: the app (fixtures/sources/app.ts:6) takes an SNS topic for placed, but ${is} is given; give sources: { placed: topic }`,
    );
  });
});

describe('an authorizer that is bound to something of another kind is refused with what it takes and what it was given', () => {
  const issuer = 'https://issuer.example';
  const message = (app: string, name: string, takes: string, is: string, give: string) =>
    `GOBLET_CDK_AUTH_UNBOUND: the app (fixtures/${app}) takes ${takes} for ${name}, but ${is} is given; give auth: { ${name}: ${give} }`;

  test.for([
    ['a text', 'eu-west-1_Abc', '"eu-west-1_Abc"'],
    ['an issuer', { issuer, audience: [] }, '{ issuer, audience }'],
    ['an object of something else', { userPool: 'eu-west-1_Abc' }, '{ userPool }'],
  ] as const)('%s for a user pool', ([, user, is]) => {
    expect(refused('secured', 'auth', () => ({ user }))).toBe(
      message('secured/app.ts:4', 'user', 'a user pool', is, 'userPool'),
    );
  });

  test('a user pool for an issuer', () => {
    const token = (stack: Stack) => new cognito.UserPool(stack, 'Users');
    const give = "{ issuer: 'https://…', audience: ['…'] }";
    const auth = (value: (stack: Stack) => unknown) =>
      refused('http', 'auth', (stack) => ({ token: value(stack), pool: {} }));
    expect(auth(token)).toBe(
      message(
        'http/app.ts:6',
        'token',
        'the URL of a token issuer and an audience',
        'Stack/Users (AWS::Cognito::UserPool)',
        give,
      ),
    );
    for (const wrong of [
      { issuer, audience: 'web' },
      { issuer, audience: [] },
      { issuer: '', audience: ['web'] },
    ])
      expect(auth(() => wrong)).toBe(
        message('http/app.ts:6', 'token', 'the URL of a token issuer and an audience', '{ issuer, audience }', give),
      );
  });

  test('a user pool without clients for an HTTP API, which checks for whom a token is', () => {
    const token = { issuer, audience: ['web'] };
    const takes = 'a user pool and the clients whose tokens it accepts';
    const give = '{ userPool, userPoolClients: [client] }';
    const auth = (pool: (stack: Stack) => unknown) =>
      refused('http', 'auth', (stack) => ({ token, pool: pool(stack) }));
    const users = (stack: Stack) => new cognito.UserPool(stack, 'Users');
    expect(auth(users)).toBe(message('http/app.ts:6', 'pool', takes, 'Stack/Users (AWS::Cognito::UserPool)', give));
    expect(auth((stack) => ({ userPool: users(stack), userPoolClients: [] }))).toBe(
      message('http/app.ts:6', 'pool', takes, '{ userPool, userPoolClients }', give),
    );
  });

  test('something else than the settings of a usage plan for API keys', () => {
    const key = (value: (stack: Stack) => unknown) =>
      refused('secured', 'auth', (stack) => ({ user: new cognito.UserPool(stack, 'Users'), key: value(stack) }));
    const settings = 'the settings of a usage plan';
    const give = '{ apiKeys, throttle, quota }';
    expect(key((stack) => new apigateway.ApiKey(stack, 'Key'))).toBe(
      message('secured/app.ts:4', 'key', settings, 'Stack/Key (AWS::ApiGateway::ApiKey)', give),
    );
    expect(key(() => ({ qouta: {} }))).toBe(message('secured/app.ts:4', 'key', settings, '{ qouta }', give));
  });
});

test('a variable that is bound to something else than text is refused', () => {
  expect(refused('service', 'environment', () => ({ TABLE: 'users', SIZE: 5 }))).toBe(
    "GOBLET_CDK_ENVIRONMENT_UNBOUND: the app (fixtures/service/app.ts:6) takes text for SIZE, but 5 is given; give environment: { SIZE: '…' }",
  );
  expect(refused('service', 'environment', (stack) => ({ TABLE: new sqs.Queue(stack, 'Jobs') }))).toBe(
    "GOBLET_CDK_ENVIRONMENT_UNBOUND: the app (fixtures/service/app.ts:6) takes text for TABLE, but Stack/Jobs (AWS::SQS::Queue) is given; give environment: { TABLE: '…' }",
  );
});
