import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

/** What CDK synthesizes of a SpecRestApi, the routes given as `GET /users`; `version` makes the deployment another. */
function template(routes: readonly string[], version: string, permitted = true) {
  const uri = {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':apigateway:',
        { Ref: 'AWS::Region' },
        ':lambda:path/2015-03-31/functions/',
        { 'Fn::GetAtt': ['Handler', 'Arn'] },
        '/invocations',
      ],
    ],
  };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        responses: {},
        'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri },
      },
    };
  }
  const sourceArn = {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':execute-api:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':',
        { Ref: 'Api' },
        '/*/*/*',
      ],
    ],
  };
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      },
      Handler: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: {
            ZipFile:
              "exports.handler = async (event) => ({ statusCode: 200, body: event.httpMethod + ' ' + event.resource + ' ' + event.requestContext.stage });",
          },
        },
      },
      ...(permitted && {
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { 'Fn::GetAtt': ['Handler', 'Arn'] },
            Principal: 'apigateway.amazonaws.com',
            SourceArn: sourceArn,
          },
        },
      }),
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: { Name: 'WebApi', Body: { openapi: '3.0.1', info: { title: 'web-api', version: '1.0' }, paths } },
      },
      [`Deployment${version}`]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: `Deployment${version}` }, StageName: 'v1' },
      },
    },
    Outputs: {
      RestAPIId: { Value: { Ref: 'Api' } },
      Root: { Value: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } },
      EndpointURL: {
        Value: {
          'Fn::Join': [
            '',
            [
              'https://',
              { Ref: 'Api' },
              '.execute-api.',
              { Ref: 'AWS::Region' },
              '.',
              { Ref: 'AWS::URLSuffix' },
              '/',
              { Ref: 'Stage' },
              '/',
            ],
          ],
        },
      },
    },
  };
}

test('a stack serves its routes, changes them by a new deployment, and leaves nothing behind', {
  timeout: 60_000,
}, async () => {
  await using cloud = await testCloud();
  const apis = new APIGatewayClient(cloud.clientConfig());
  const stack = testStack(cloud, 'WebApi');

  const outputs = await stack.create(template(['GET /users'], 'A'));
  const url = outputs.EndpointURL ?? '';
  expect(url).toBe(`${cloud.endpoint}/_api/${outputs.RestAPIId}/v1/`);
  const response = await fetch(`${url}users`);
  expect([response.status, await response.text()]).toEqual([200, 'GET /users v1']);

  await stack.update(template(['GET /people', 'POST /people'], 'B'));
  expect((await fetch(`${url}users`)).status).toBe(403);
  expect(await (await fetch(`${url}people`, { method: 'POST' })).text()).toBe('POST /people v1');

  await stack.update(template(['GET /people', 'POST /people'], 'B', false));
  const refused = await fetch(`${url}people`);
  expect([refused.status, await refused.text()]).toEqual([500, '{"message": "Internal server error"}']);

  await stack.remove();
  expect((await fetch(`${url}people`)).status).toBe(403);
  expect((await apis.send(new GetRestApisCommand({}))).items).toEqual([]);
});

test('an API that cannot be imported fails its stack in the words of API Gateway', { timeout: 60_000 }, async () => {
  await using cloud = await testCloud();
  const broken = template(['GET /users/{name}', 'GET /users/{id}/posts'], 'A');
  await expect(testStack(cloud, 'Broken').create(broken)).rejects.toThrow(
    'A sibling ({name}) of this resource already has a variable path part -- only one is allowed',
  );
});

test('a function that streams its response answers through a streaming integration', { timeout: 60_000 }, async () => {
  await using cloud = await testCloud();
  const streaming = JSON.parse(JSON.stringify(template(['GET /events'], 'A')));
  const code = `
    exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/event-stream', 'x-path': event.path } });
      out.write('one ');
      out.end('two');
    });`;
  streaming.Resources.Handler.Properties.Code.ZipFile = code;
  const integration = streaming.Resources.Api.Properties.Body.paths['/events'].get['x-amazon-apigateway-integration'];
  integration.responseTransferMode = 'STREAM';
  integration.uri['Fn::Join'][1][4] = ':lambda:path/2021-11-15/functions/';
  integration.uri['Fn::Join'][1][6] = '/response-streaming-invocations';
  const { EndpointURL } = await testStack(cloud, 'Streaming').create(streaming);
  const response = await fetch(`${EndpointURL}events`);
  expect([
    response.status,
    response.headers.get('content-type'),
    response.headers.get('x-path'),
    await response.text(),
  ]).toEqual([201, 'text/event-stream', '/events', 'one two']);
});
