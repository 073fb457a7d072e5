import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';
import { connect } from '../fixtures/web-socket.js';

/** Answers a message by each of the clients that code for AWS has, at the address that the event names. */
const CODE = `
const https = require('https');
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
exports.handler = async ({ requestContext: { eventType, domainName, stage, connectionId }, body }) => {
  if (eventType === 'MESSAGE') {
    const endpoint = 'https://' + domainName + '/' + stage;
    const client = new ApiGatewayManagementApiClient({ endpoint });
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'sdk ' + body }));
    const { status } = await fetch(endpoint + '/@connections/x', { method: 'POST' });
    const asked = await new Promise((resolve, reject) =>
      https.get(endpoint + '/@connections/x', (response) => { response.resume(); resolve(response.statusCode); }).on('error', reject));
    const { Identity } = await client.send(new (require('@aws-sdk/client-apigatewaymanagementapi').GetConnectionCommand)({ ConnectionId: connectionId }));
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: [status, asked, Identity.SourceIp].join(' ') }));
  }
  return { statusCode: 200 };
};`;

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const ref = (name: string) => ({ Ref: name });
const region = ref('AWS::Region');
const part = (type: string, properties: object) => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties: { ApiId: ref('Api'), ...properties },
});
const target = (name: string) => join('integrations/', ref(name));

/** What CDK synthesizes of a WebSocket API with a function, and a mock that answers. */
function template(pong: string) {
  const of = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
  const functionUri = join(
    'arn:aws:apigateway:',
    region,
    ':lambda:path/2015-03-31/functions/',
    { 'Fn::GetAtt': ['Handler', 'Arn'] },
    '/invocations',
  );
  const connections = join(
    'arn:aws:execute-api:',
    region,
    ':',
    ref('AWS::AccountId'),
    ':',
    ref('Api'),
    '/*/*/@connections/*',
  );
  const Resources = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: of({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
        Policies: [
          {
            PolicyName: 'connections',
            PolicyDocument: of({ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: connections }),
          },
        ],
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Timeout: 30,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: CODE },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Handler', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: join('arn:aws:execute-api:', region, ':', ref('AWS::AccountId'), ':', ref('Api'), '/*'),
      },
    },
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    Function: part('Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: functionUri }),
    Default: part('Route', { RouteKey: '$default', Target: target('Function') }),
    Mock: part('Integration', {
      IntegrationType: 'MOCK',
      TemplateSelectionExpression: '200',
      RequestTemplates: { '200': '{"statusCode":200}' },
    }),
    MockResponse: part('IntegrationResponse', {
      IntegrationId: ref('Mock'),
      IntegrationResponseKey: '/200/',
      TemplateSelectionExpression: '\\$default',
      ResponseTemplates: { $default: `{"answer":"${pong}","connection":"$context.connectionId"}` },
    }),
    Schema: part('Model', {
      Name: 'Ping',
      ContentType: 'application/json',
      Schema: { type: 'object', required: ['action', 'n'], properties: { n: { type: 'number' } } },
    }),
    Ping: part('Route', {
      RouteKey: 'ping',
      Target: target('Mock'),
      RouteResponseSelectionExpression: '$default',
      ModelSelectionExpression: '$request.body.action',
      RequestModels: { ping: 'Ping' },
    }),
    PingResponse: part('RouteResponse', { RouteId: ref('Ping'), RouteResponseKey: '$default' }),
    Deployment: { ...part('Deployment', {}), DependsOn: ['Ping', 'Default'] },
    Stage: part('Stage', { StageName: 'prod', AutoDeploy: true }),
  };
  (Resources.Ping as { DependsOn?: string }).DependsOn = 'Schema';
  const Outputs = {
    Url: { Value: join('wss://', ref('Api'), '.execute-api.', region, '.', ref('AWS::URLSuffix'), '/', ref('Stage')) },
    Endpoint: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
    Callback: {
      Value: join('https://', ref('Api'), '.execute-api.', region, '.', ref('AWS::URLSuffix'), '/', ref('Stage')),
    },
  };
  return { Resources, Outputs };
}

test('a stack with a WebSocket API is deployed, served, updated and deleted', async () => {
  await using cloud = await testCloud();
  const config = cloud.clientConfig();
  const stack = testStack(cloud, 'Chat');
  const outputs = await stack.create(template('pong'));
  const base = `127.0.0.1:${cloud.port}/_api/${await stack.physicalId('Api')}`;
  expect(outputs).toEqual({ Url: `ws://${base}/prod`, Endpoint: `ws://${base}`, Callback: `http://${base}/prod` });
  {
    using user = await connect(outputs.Url ?? '');
    user.send('hello');
    expect(await user.next()).toBe('sdk hello');
    expect(await user.next()).toBe('403 403 127.0.0.1');
    user.send({ action: 'ping', n: 1 });
    expect(JSON.parse(await user.next())).toEqual({ answer: 'pong', connection: expect.stringMatching(/=$/) });
    user.send({ action: 'ping' });
    expect(JSON.parse(await user.next())).toMatchObject({ message: 'Invalid request body' });
    await stack.update(template('gnop'));
    user.send({ action: 'ping', n: 1 });
    expect(JSON.parse(await user.next())).toMatchObject({ answer: 'gnop' });
  }
  await stack.remove();
  expect((await new ApiGatewayV2Client(config).send(new GetApisCommand({}))).Items).toEqual([]);
});
