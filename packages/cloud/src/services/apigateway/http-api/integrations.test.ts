import * as v2 from '@aws-sdk/client-apigatewayv2';
import * as iamSdk from '@aws-sdk/client-iam';
import * as sqsSdk from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { iam } from '../../iam/index.js';
import { sqs } from '../../sqs/index.js';
import { sts } from '../../sts/index.js';
import { functionUri, lambdaOf } from '../fixtures/functions.js';
import { apigateway } from '../index.js';

type Handler = (event: Record<string, unknown>) => unknown;

async function cloudWithApi(functions: Readonly<Record<string, Handler>> = {}) {
  const cloud = await testCloud({ services: [apigateway, lambdaOf(functions), iam, sts, sqs] });
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const client = new v2.ApiGatewayV2Client(config);
  const { ApiId } = await client.send(new v2.CreateApiCommand({ Name: 'api', ProtocolType: 'HTTP' }));
  await client.send(new v2.CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
  return {
    config,
    client,
    ApiId,
    /** Gives the address of a route with an integration. */
    route: async (path: string, integration: Partial<v2.CreateIntegrationCommandInput>) => {
      const { IntegrationId } = await client.send(
        new v2.CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', ...integration }),
      );
      await client.send(
        new v2.CreateRouteCommand({ ApiId, RouteKey: `ANY ${path}`, Target: `integrations/${IntegrationId}` }),
      );
      return `${cloud.endpoint}/_api/${ApiId}${path}`;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

it('sends messages to a queue under the role of the integration', async () => {
  await using api = await cloudWithApi();
  const roles = new iamSdk.IAMClient(api.config);
  const queues = new sqsSdk.SQSClient(api.config);
  const { QueueUrl } = await queues.send(new sqsSdk.CreateQueueCommand({ QueueName: 'jobs' }));
  const trust = { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await roles.send(new iamSdk.CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: document(trust) }));
  const url = await api.route('/jobs', {
    IntegrationSubtype: 'SQS-SendMessage',
    PayloadFormatVersion: '1.0',
    CredentialsArn: 'arn:aws:iam::000000000000:role/r',
    RequestParameters: {
      QueueUrl: String(QueueUrl),
      MessageBody: '$request.body.text',
      MessageAttributes: '{"from": {"DataType": "String", "StringValue": "${request.header.x-from}"}}',
    },
  });
  const send = () => fetch(url, { method: 'POST', body: '{"text": "hello & more"}', headers: { 'x-from': 'me' } });
  expect(await (await send()).text()).toContain('not authorized to perform: sqs:SendMessage');
  const allowed = document({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' });
  await roles.send(new iamSdk.PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: allowed }));
  expect((await send()).status).toBe(200);
  const received = new sqsSdk.ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] });
  const { Messages } = await queues.send(received);
  expect(Messages).toMatchObject([{ Body: 'hello & more', MessageAttributes: { from: { StringValue: 'me' } } }]);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
  roles.destroy();
  queues.destroy();
});

it('changes the parameters of requests and responses', async () => {
  const echo: Handler = ({ headers, rawPath, queryStringParameters }) => ({
    statusCode: 201,
    headers: { 'x-function': 'f', 'x-secret': 's' },
    body: JSON.stringify({ headers, rawPath, queryStringParameters }),
  });
  await using api = await cloudWithApi({ echo });
  const url = await api.route('/echo/{id}', {
    IntegrationUri: functionUri('echo'),
    PayloadFormatVersion: '2.0',
    RequestParameters: {
      'append:header.x-id': '$request.path.id',
      'overwrite:querystring.stage': 'at ${context.stage}',
      'remove:querystring.gone': "''",
      'overwrite:path': '/other',
    },
    ResponseParameters: {
      201: {
        'overwrite:statuscode': '200',
        'remove:header.x-secret': "''",
        'append:header.x-copied': '$response.header.x-function',
      },
    },
  });
  const response = await fetch(`${url.replace('{id}', '7')}?gone=1&kept=2`);
  expect([response.status, response.headers.get('x-secret'), response.headers.get('x-copied')]).toEqual([
    200,
    null,
    'f',
  ]);
  expect(await response.json()).toMatchObject({
    headers: { 'x-id': '7' },
    rawPath: '/other',
    queryStringParameters: { kept: '2', stage: 'at $default' },
  });
});

it('tells an integration as it was made, and refuses parameters that its subtype does not have', async () => {
  await using api = await cloudWithApi();
  const { client, ApiId } = api;
  const subtype = { ApiId, IntegrationType: 'AWS_PROXY', IntegrationSubtype: 'SQS-PurgeQueue' } as const;
  const made = await client.send(
    new v2.CreateIntegrationCommand({ ...subtype, PayloadFormatVersion: '1.0', RequestParameters: { QueueUrl: 'q' } }),
  );
  expect(made).toMatchObject({ IntegrationSubtype: 'SQS-PurgeQueue', RequestParameters: { QueueUrl: 'q' } });
  for (const RequestParameters of [{}, { QueueUrl: 'q', Body: 'b' }] as Record<string, string>[]) {
    const wrong = new v2.CreateIntegrationCommand({ ...subtype, PayloadFormatVersion: '1.0', RequestParameters });
    await expect(client.send(wrong)).rejects.toThrow('Parameter: ');
  }
});
