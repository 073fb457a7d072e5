import * as sdk from '@aws-sdk/client-api-gateway';
import * as dynamo from '@aws-sdk/client-dynamodb';
import * as iamSdk from '@aws-sdk/client-iam';
import * as s3Sdk from '@aws-sdk/client-s3';
import * as snsSdk from '@aws-sdk/client-sns';
import * as sqsSdk from '@aws-sdk/client-sqs';
import * as ssmSdk from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { dynamoDb } from '../dynamodb/index.js';
import { events } from '../events/index.js';
import { iam } from '../iam/index.js';
import { s3 } from '../s3/index.js';
import { sns } from '../sns/index.js';
import { sqs } from '../sqs/index.js';
import { ssm } from '../ssm/index.js';
import { sts } from '../sts/index.js';
import { functionUri, lambdaOf } from './fixtures/functions.js';
import { apigateway } from './index.js';

const REGION = 'eu-west-1';
const ACCOUNT = '000000000000';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function cloudWithServices() {
  const lambda = lambdaOf({
    greet: ({ name }) => ({ hello: name }),
    fail: () => {
      throw new Error('[NotFound] no such user');
    },
  });
  const cloud = await testCloud({ services: [apigateway, lambda, iam, sts, sqs, sns, dynamoDb, events, s3, ssm] });
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const client = new sdk.APIGatewayClient(config);
  const roles = new iamSdk.IAMClient(config);
  return {
    cloud,
    config,
    /** A role that API Gateway assumes, with one statement. */
    role: async (RoleName: string, Action: string) => {
      await roles.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      });
      await roles.send(new iamSdk.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
      return `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
    },
    /** Deploys an API of one integration, made by the operations of the control plane; gives the URL of its method. */
    deploy: async (
      integration: Partial<sdk.PutIntegrationCommandInput>,
      responses: readonly Partial<sdk.PutIntegrationResponseCommandInput>[] = [{}],
    ) => {
      const { id: restApiId = '', rootResourceId: parentId = '' } = await client.send(
        new sdk.CreateRestApiCommand({ name: 'api' }),
      );
      const { id: resourceId = '' } = await client.send(
        new sdk.CreateResourceCommand({ restApiId, parentId, pathPart: '{key}' }),
      );
      const at = { restApiId, resourceId, httpMethod: 'POST' };
      await client.send(new sdk.PutMethodCommand({ ...at, authorizationType: 'NONE' }));
      await client.send(
        new sdk.PutIntegrationCommand({ ...at, type: 'AWS', integrationHttpMethod: 'POST', ...integration }),
      );
      for (const response of responses) {
        const { statusCode = '200' } = response;
        await client.send(new sdk.PutMethodResponseCommand({ ...at, statusCode }));
        await client.send(new sdk.PutIntegrationResponseCommand({ ...at, ...response, statusCode }));
      }
      await client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
      return `${cloud.endpoint}/_api/${restApiId}/v1/key`;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      roles.destroy();
      await cloud.close();
    },
  };
}

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

it('sends to a queue by its path, and only as far as the role may', async () => {
  await using cloud = await cloudWithServices();
  const queues = new sqsSdk.SQSClient(cloud.config);
  const { QueueUrl } = await queues.send(new sqsSdk.CreateQueueCommand({ QueueName: 'jobs' }));
  const integration = {
    uri: `arn:aws:apigateway:${REGION}:sqs:path/${ACCOUNT}/jobs`,
    requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
  };
  const allowed = await cloud.deploy({ ...integration, credentials: await cloud.role('sender', 'sqs:SendMessage') });
  const response = await fetch(allowed, json({ a: 'b&c' }));
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringContaining('{"SendMessageResponse":{"SendMessageResult":{'),
  ]);
  const { Messages } = await queues.send(new sqsSdk.ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"a":"b&c"}']);
  const denied = await cloud.deploy({ ...integration, credentials: await cloud.role('reader', 'sqs:ReceiveMessage') }, [
    {},
    { statusCode: '403', selectionPattern: '4\\d{2}' },
  ]);
  expect((await fetch(denied, json({}))).status).toBe(403);
  queues.destroy();
});

it('publishes to a topic and sends to a queue by their actions', async () => {
  await using cloud = await cloudWithServices();
  const queues = new sqsSdk.SQSClient(cloud.config);
  const topics = new snsSdk.SNSClient(cloud.config);
  const { QueueUrl = '' } = await queues.send(new sqsSdk.CreateQueueCommand({ QueueName: 'jobs' }));
  const { TopicArn = '' } = await topics.send(new snsSdk.CreateTopicCommand({ Name: 'news' }));
  const publish = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:sns:action/Publish`,
    credentials: await cloud.role('publisher', 'sns:Publish'),
    requestParameters: {
      'integration.request.querystring.TopicArn': `'${TopicArn}'`,
      'integration.request.querystring.Message': 'method.request.body.text',
    },
  });
  expect((await fetch(publish, json({ text: 'hi' }))).status).toBe(200);
  const send = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:sqs:action/SendMessage`,
    credentials: await cloud.role('sender', 'sqs:SendMessage'),
    requestParameters: {
      'integration.request.querystring.QueueUrl': `'${QueueUrl}'`,
      'integration.request.querystring.MessageBody': 'method.request.body',
    },
  });
  expect((await fetch(send, json({ n: 1 }))).status).toBe(200);
  const { Messages } = await queues.send(new sqsSdk.ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.[0]?.Body).toBe('{"n":1}');
  topics.destroy();
  queues.destroy();
});

it('writes to a table and maps what the table answers', async () => {
  await using cloud = await cloudWithServices();
  const tables = new dynamo.DynamoDBClient(cloud.config);
  await tables.send(
    new dynamo.CreateTableCommand({
      TableName: 'users',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const credentials = await cloud.role('tables', 'dynamodb:*');
  const put = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:dynamodb:action/PutItem`,
    credentials,
    requestTemplates: {
      'application/json': `{"TableName": "users", "Item": {"id": {"S": "$input.params('key')"}, "name": {"S": $input.json('$.name')}}}`,
    },
  });
  expect((await fetch(put, json({ name: 'Ann' }))).status).toBe(200);
  const query = await cloud.deploy(
    {
      uri: `arn:aws:apigateway:${REGION}:dynamodb:action/Scan`,
      credentials,
      requestTemplates: { 'application/json': '{"TableName": "users"}' },
    },
    [
      {
        responseTemplates: {
          'application/json': `#set($root = $input.path('$'))[#foreach($item in $root.Items){"id": "$item.id.S", "name": "$item.name.S"}#if($foreach.hasNext),#end#end]`,
        },
      },
    ],
  );
  const found = await fetch(query, { method: 'POST' });
  expect(await found.json()).toEqual([{ id: 'key', name: 'Ann' }]);
  tables.destroy();
});

it('puts events and objects', async () => {
  await using cloud = await cloudWithServices();
  const putEvents = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:events:action/PutEvents`,
    credentials: await cloud.role('events', 'events:PutEvents'),
    requestTemplates: {
      'application/json': `#set($context.requestOverride.header.X-Amz-Target = "AWSEvents.PutEvents")
#set($context.requestOverride.header.Content-Type = "application/x-amz-json-1.1")
{"Entries": [{"Source": "app", "DetailType": "made", "Detail": "$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")"}]}`,
    },
  });
  expect(await (await fetch(putEvents, json({ a: "it's" }))).json()).toMatchObject({ FailedEntryCount: 0 });
  const buckets = new s3Sdk.S3Client({ ...cloud.config, forcePathStyle: true });
  await buckets.send(new s3Sdk.CreateBucketCommand({ Bucket: 'files' }));
  const putObject = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:s3:path/files/{object}`,
    integrationHttpMethod: 'PUT',
    credentials: await cloud.role('files', 's3:*'),
    requestParameters: { 'integration.request.path.object': 'method.request.path.key' },
  });
  expect((await fetch(putObject, json({ n: 1 }))).status).toBe(200);
  const { Body } = await buckets.send(new s3Sdk.GetObjectCommand({ Bucket: 'files', Key: 'key' }));
  expect(await Body?.transformToString()).toBe('{"n":1}');
  buckets.destroy();
});

it("invokes a function without its proxy, by the function's policy or by a role", async () => {
  await using cloud = await cloudWithServices();
  const greet = await cloud.deploy({
    uri: functionUri('greet'),
    requestTemplates: { 'application/json': '{"name": "$input.params(\'key\')"}' },
  });
  expect(await (await fetch(greet, { method: 'POST' })).json()).toEqual({ hello: 'key' });
  const credentials = await cloud.role('invoker', 'lambda:InvokeFunction');
  const fail = await cloud.deploy({ uri: functionUri('fail'), credentials }, [
    {},
    { statusCode: '404', selectionPattern: '\\[NotFound\\].*' },
  ]);
  expect((await fetch(fail, json({}))).status).toBe(404);
});

it('reads a parameter by the query protocol, with null for what it lacks', async () => {
  await using cloud = await cloudWithServices();
  const parameters = new ssmSdk.SSMClient(cloud.config);
  await parameters.send(new ssmSdk.PutParameterCommand({ Name: 'p', Value: '1', Type: 'String' }));
  const url = await cloud.deploy({
    uri: `arn:aws:apigateway:${REGION}:ssm:action/GetParameter`,
    credentials: await cloud.role('reader', 'ssm:GetParameter'),
    requestParameters: { 'integration.request.querystring.Name': "'p'" },
  });
  expect(await (await fetch(url, { method: 'POST' })).json()).toMatchObject({
    GetParameterResponse: {
      GetParameterResult: { Parameter: { Name: 'p', Value: '1', Version: 1, Selector: null, SourceResult: null } },
      ResponseMetadata: { RequestId: expect.any(String) },
    },
  });
  parameters.destroy();
});

it('names a service that the cloud does not have', async () => {
  await using cloud = await cloudWithServices();
  const url = await cloud.deploy({ uri: `arn:aws:apigateway:${REGION}:textract:action/DetectDocumentText` });
  const response = await fetch(url, json({}));
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('does not have the service textract');
});

it('does not call under a role that does not trust API Gateway', async () => {
  await using cloud = await cloudWithServices();
  const credentials = `arn:aws:iam::${ACCOUNT}:role/nobody`;
  const url = await cloud.deploy({ uri: `arn:aws:apigateway:${REGION}:sqs:action/ListQueues`, credentials });
  expect((await fetch(url, json({}))).status).toBe(500);
});
