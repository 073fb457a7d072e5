import {
  ApiGatewayV2Client,
  CreateAuthorizerCommand,
  GetRoutesCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import { testCloud } from '../../../../testing/index.js';
import { functionUri, type LambdaCall, lambdaOf } from '../../fixtures/functions.js';
import { connect, makeWebSocketApi, webSocketUrl } from '../../fixtures/web-socket.js';
import { apigateway } from '../../index.js';

type Functions = Parameters<typeof lambdaOf>[0];

const ok = () => ({ statusCode: 200 });

async function cloudWith(functions: Functions, calls: LambdaCall[] = []) {
  return testCloud({ services: [apigateway, lambdaOf(functions, calls)] });
}

/** The events of a function, once there are as many. */
async function eventsOf(calls: readonly LambdaCall[], count: number): Promise<LambdaCall['event'][]> {
  await expect.poll(() => calls.length).toBe(count);
  return calls.map(({ event }) => event);
}

test('a connection, its messages and its end are events as AWS sends them', async () => {
  const calls: LambdaCall[] = [];
  await using cloud = await cloudWith({ chat: ok }, calls);
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, {
    routes: { $connect: 'chat', $disconnect: 'chat', say: 'chat' },
    stage: { StageVariables: { room: 'blue' } },
  });
  using client = await connect(`${webSocketUrl(config, apiId)}?room=blue%20sky`, {
    headers: { 'user-agent': 'wscat', HeaderAuth1: 'a' },
  });
  client.send({ action: 'say', text: 'hello' });
  await eventsOf(calls, 2);
  client.socket.close(1000, 'bye');
  const [connected, said, disconnected] = await eventsOf(calls, 3);
  const shared = {
    apiId,
    stage: 'prod',
    domainName: `${apiId}.execute-api.eu-west-1.amazonaws.com`,
    connectionId: expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/),
    connectedAt: expect.any(Number),
    messageDirection: 'IN',
    requestId: expect.stringMatching(/=$/),
    extendedRequestId: expect.stringMatching(/=$/),
    requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    requestTimeEpoch: expect.any(Number),
    identity: { sourceIp: '127.0.0.1', userAgent: 'wscat' },
  };
  expect(connected).toEqual({
    headers: expect.objectContaining({ headerauth1: 'a', 'Sec-WebSocket-Version': '13', Host: expect.any(String) }),
    multiValueHeaders: expect.objectContaining({ headerauth1: ['a'], 'Sec-WebSocket-Version': ['13'] }),
    queryStringParameters: { room: 'blue sky' },
    multiValueQueryStringParameters: { room: ['blue sky'] },
    requestContext: { ...shared, routeKey: '$connect', eventType: 'CONNECT' },
    stageVariables: { room: 'blue' },
    isBase64Encoded: false,
  });
  expect(said).toEqual({
    requestContext: {
      ...shared,
      routeKey: 'say',
      eventType: 'MESSAGE',
      messageId: expect.stringMatching(/=$/),
    },
    stageVariables: { room: 'blue' },
    body: '{"action":"say","text":"hello"}',
    isBase64Encoded: false,
  });
  expect(disconnected).toMatchObject({
    headers: { Host: shared.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    requestContext: {
      ...shared,
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1000,
      disconnectReason: 'bye',
    },
  });
  expect(calls.map(({ call }) => call.principal)).toMatchObject([
    { sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${apiId}/prod/$connect` },
    { sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${apiId}/prod/say` },
    { sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${apiId}/prod/$disconnect` },
  ]);
});

test.each([
  ['its status', () => ({ statusCode: 401 }), 401],
  ['502 for a function that fails', () => Promise.reject(new Error('why')), 502],
  ['502 for a result without a status', () => ({}), 502],
])('a connection is refused with %s, and no event follows', async (_, connecting, status) => {
  const calls: LambdaCall[] = [];
  await using cloud = await cloudWith({ chat: connecting }, calls);
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $connect: 'chat', $disconnect: 'chat' } });
  await expect(connect(webSocketUrl(config, apiId))).rejects.toMatchObject({ status });
  expect(calls).toHaveLength(1);
});

test('a function without the permission refuses a connection with 500', async () => {
  await using cloud = await testCloud({ services: [apigateway, lambdaOf({ chat: ok }, [], () => 'arn:aws:none')] });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $connect: 'chat' } });
  await expect(connect(webSocketUrl(config, apiId))).rejects.toMatchObject({
    status: 500,
    body: expect.stringMatching(
      /^{"message": "Internal server error", "connectionId":"[\w-]{15}=", "requestId":"[\w-]{15}="}$/,
    ),
  });
});

test('the function chooses the sub-protocol', async () => {
  await using cloud = await cloudWith({
    chat: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat.v1' } }),
  });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $connect: 'chat' } });
  using client = await connect(webSocketUrl(config, apiId), { protocols: ['chat.v2', 'chat.v1'] });
  expect(client.socket.protocol).toBe('chat.v1');
});

test('a message without a route is answered with Forbidden, and one that is not JSON goes to $default', async () => {
  const calls: LambdaCall[] = [];
  await using cloud = await cloudWith({ chat: ok }, calls);
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { say: 'chat' } });
  using client = await connect(webSocketUrl(config, apiId));
  client.send({ action: 'shout' });
  expect(await client.next()).toMatch(
    /^{"message": "Forbidden", "connectionId":"[A-Za-z0-9_-]{15}=", "requestId":"[A-Za-z0-9_-]{15}="}$/,
  );
  const withDefault = await makeWebSocketApi(config, { routes: { say: 'chat', $default: 'chat' } });
  using other = await connect(webSocketUrl(config, withDefault));
  for (const message of ['not json', '{}', '{"action":"$connect"}', '{"action":"shout"}']) other.send(message);
  const events = await eventsOf(calls, 4);
  expect(new Set(events.map(({ requestContext }) => Object(requestContext).routeKey))).toEqual(new Set(['$default']));
});

test('a message whose function fails is answered with Internal server error', async () => {
  await using cloud = await cloudWith({ chat: () => undefined });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { say: 'chat' } });
  using client = await connect(webSocketUrl(config, apiId));
  client.send({ action: 'say' });
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Internal server error' });
});

test('a route with a route response sends the body of its function, and another sends nothing', async () => {
  await using cloud = await cloudWith({
    chat: ({ body }) => ({ statusCode: 200, body: `echo ${Object(JSON.parse(String(body))).text}` }),
  });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { say: 'chat', ask: 'chat' }, responds: ['ask'] });
  using client = await connect(webSocketUrl(config, apiId));
  client.send({ action: 'say', text: 'a' });
  client.send({ action: 'ask', text: 'b' });
  expect(await client.next()).toBe('echo b');
});

test('a mock integration answers by its templates', async () => {
  await using cloud = await cloudWith({});
  const config = cloud.clientConfig();
  const mock = { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } } as const;
  const apiId = await makeWebSocketApi(config, { routes: { $connect: mock, ping: mock } });
  using client = await connect(webSocketUrl(config, apiId));
  client.send({ action: 'ping' });
  client.send({ action: 'pong' });
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
});

test.each([
  ['a frame of more than 32 KB', () => 'x'.repeat(32 * 1024 + 1), 1009],
  ['a binary frame', () => Buffer.from('bytes'), 1003],
])('%s ends the connection', async (_, data, code) => {
  await using cloud = await cloudWith({ chat: ok });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $default: 'chat' } });
  using client = await connect(webSocketUrl(config, apiId));
  client.socket.send(data());
  expect(await client.closed).toMatchObject({ code });
});

test('a message of 128 KB in frames of 32 KB arrives, and a longer one ends the connection', async () => {
  const calls: LambdaCall[] = [];
  await using cloud = await cloudWith({ chat: ok }, calls);
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $default: 'chat' } });
  using client = await connect(webSocketUrl(config, apiId));
  const part = 'x'.repeat(32 * 1024);
  const sendParts = (count: number) => {
    for (let i = 1; i <= count; i++) client.socket.send(part, { fin: i === count });
  };
  sendParts(4);
  const [event] = await eventsOf(calls, 1);
  expect(String(event?.body)).toHaveLength(128 * 1024);
  sendParts(5);
  expect(await client.closed).toMatchObject({ code: 1009 });
  expect(calls).toHaveLength(1);
});

test('a request authorizer of $connect lets in with its context, which events have, and refuses the others', async () => {
  const calls: LambdaCall[] = [];
  await using cloud = await cloudWith(
    {
      chat: ok,
      guard: ({ headers, methodArn }) => ({
        principalId: 'ann',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Action: 'execute-api:Invoke',
              Effect: Object(headers).token === 'good' ? 'Allow' : 'Deny',
              Resource: methodArn,
            },
          ],
        },
        context: { level: 3 },
      }),
    },
    calls,
  );
  const config = cloud.clientConfig();
  const apiId = await makeGuardedApi(config);
  const url = webSocketUrl(config, apiId);
  await expect(connect(url)).rejects.toMatchObject({ status: 401, body: expect.stringContaining('"Unauthorized"') });
  expect(calls).toEqual([]);
  await expect(connect(url, { headers: { token: 'bad' } })).rejects.toMatchObject({
    status: 403,
    body: expect.stringContaining('"Forbidden"'),
  });
  using client = await connect(url, { headers: { token: 'good' } });
  client.send('hello');
  const events = await eventsOf(calls, 4);
  expect(events[0]).toMatchObject({
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:eu-west-1:000000000000:${apiId}/prod/$connect`,
    requestContext: { routeKey: '$connect', eventType: 'CONNECT' },
  });
  expect(events[2]).toMatchObject({
    requestContext: { authorizer: { principalId: 'ann', level: '3', integrationLatency: expect.any(Number) } },
  });
  expect(events[3]?.requestContext).toMatchObject({ authorizer: { principalId: 'ann', level: '3' } });
});

async function makeGuardedApi(config: Parameters<typeof makeWebSocketApi>[0]): Promise<string> {
  const client = new ApiGatewayV2Client(config);
  const ApiId = await makeWebSocketApi(config, { routes: { $connect: 'chat', $default: 'chat' } });
  const { AuthorizerId } = await client.send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: 'guard',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: functionUri('guard'),
      IdentitySource: ['route.request.header.token'],
    }),
  );
  const { Items = [] } = await client.send(new GetRoutesCommand({ ApiId }));
  const RouteId = Items.find(({ RouteKey }) => RouteKey === '$connect')?.RouteId;
  await client.send(new UpdateRouteCommand({ ApiId, RouteId, AuthorizationType: 'CUSTOM', AuthorizerId }));
  return ApiId;
}

test('a stage that is not there, and a path below one, are forbidden', async () => {
  await using cloud = await cloudWith({});
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, { routes: { $default: 'chat' } });
  for (const path of ['other', 'prod/more'])
    await expect(connect(webSocketUrl(config, apiId, path))).rejects.toMatchObject({ status: 403 });
});

test('limits of routes count: a message beyond them is answered with Too Many Requests', async () => {
  await using cloud = await cloudWith({ chat: ok });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, {
    routes: { say: 'chat' },
    stage: { RouteSettings: { say: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } } },
  });
  using client = await connect(webSocketUrl(config, apiId));
  client.send({ action: 'say' });
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Too Many Requests' });
});
