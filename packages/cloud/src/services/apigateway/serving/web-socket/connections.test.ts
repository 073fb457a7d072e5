import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { ApiGatewayV2Client, DeleteApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test, vi } from 'vitest';
import { type ClientConfig, type TestCloud, testCloud } from '../../../../testing/index.js';
import { iam } from '../../../iam/index.js';
import { type LambdaCall, lambdaOf } from '../../fixtures/functions.js';
import { connect, makeWebSocketApi, webSocketUrl } from '../../fixtures/web-socket.js';
import { apigateway } from '../../index.js';

afterEach(() => {
  vi.useRealTimers();
});

const ROUTES = { routes: { $connect: 'chat', $disconnect: 'chat', $default: 'chat' } };

interface Served extends AsyncDisposable {
  readonly cloud: TestCloud;
  readonly calls: LambdaCall[];
  readonly config: ClientConfig;
  readonly apiId: string;
  readonly url: string;
  /** The id of the connection that was opened last. */
  readonly lastId: () => string;
}

async function served(more: Parameters<typeof testCloud>[0] = {}): Promise<Served> {
  const calls: LambdaCall[] = [];
  const cloud = await testCloud({
    services: [iam, apigateway, lambdaOf({ chat: () => ({ statusCode: 200 }) }, calls)],
    ...more,
  });
  const config = cloud.clientConfig();
  const apiId = await makeWebSocketApi(config, ROUTES);
  return {
    cloud,
    calls,
    config,
    apiId,
    url: webSocketUrl(config, apiId),
    lastId: () => connectionIds(calls).at(-1) ?? '',
    [Symbol.asyncDispose]: () => cloud.close(),
  };
}

const connectionIds = (calls: readonly LambdaCall[]): string[] =>
  calls.map(({ event }) => String(Object(event.requestContext).connectionId));

const management = (config: ClientConfig, apiId: string, stage = 'prod') =>
  new ApiGatewayManagementApiClient({
    ...config,
    maxAttempts: 1,
    endpoint: `${config.endpoint}/_api/${apiId}/${stage}`,
  });

test('a posted text reaches the client, in frames of 32 KB', async () => {
  await using api = await served();
  using client = await connect(api.url);
  const Data = 'x'.repeat(100 * 1024);
  await management(api.config, api.apiId).send(new PostToConnectionCommand({ ConnectionId: api.lastId(), Data }));
  expect(await client.next()).toBe(Data);
});

test('more than 128 KB are refused', async () => {
  await using api = await served();
  using _client = await connect(api.url);
  const post = new PostToConnectionCommand({ ConnectionId: api.lastId(), Data: 'x'.repeat(128 * 1024 + 1) });
  await expect(management(api.config, api.apiId).send(post)).rejects.toMatchObject({
    name: 'PayloadTooLargeException',
    $metadata: { httpStatusCode: 413 },
  });
});

test('a connection tells who has it, and since when', async () => {
  await using api = await served();
  using _client = await connect(api.url, { headers: { 'user-agent': 'wscat' } });
  const got = await management(api.config, api.apiId).send(new GetConnectionCommand({ ConnectionId: api.lastId() }));
  expect(got).toMatchObject({
    ConnectedAt: expect.any(Date),
    LastActiveAt: expect.any(Date),
    Identity: { SourceIp: '127.0.0.1', UserAgent: 'wscat' },
  });
});

test('a connection that is deleted closes, and its end is told', async () => {
  await using api = await served();
  using client = await connect(api.url);
  const id = api.lastId();
  await management(api.config, api.apiId).send(new DeleteConnectionCommand({ ConnectionId: id }));
  expect(await client.closed).toMatchObject({ code: 1000 });
  await expect.poll(() => api.calls.length).toBe(2);
  expect(api.calls[1]?.event.requestContext).toMatchObject({ eventType: 'DISCONNECT', connectionId: id });
});

test.each(['unknown=', 'of another stage', 'closed'])('a connection that is %s is gone', async (kind) => {
  await using api = await served();
  using client = await connect(api.url);
  const id = api.lastId();
  if (kind === 'closed') {
    client.socket.close();
    await expect.poll(() => api.calls.length).toBe(2);
  }
  const stage = kind === 'of another stage' ? await otherApi(api) : api.apiId;
  const command = new PostToConnectionCommand({ ConnectionId: kind === 'unknown=' ? kind : id, Data: 'a' });
  await expect(management(api.config, stage).send(command)).rejects.toMatchObject({
    name: 'GoneException',
    $metadata: { httpStatusCode: 410 },
  });
});

const otherApi = ({ config }: Served) => makeWebSocketApi(config, ROUTES);

test('a signer needs the permission for the connection', async () => {
  await using api = await served();
  using client = await connect(api.url);
  const iamClient = new IAMClient(api.config);
  await iamClient.send(new CreateUserCommand({ UserName: 'ann' }));
  const { AccessKey } = await iamClient.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  const asAnn = management({ ...api.config, credentials }, api.apiId);
  const post = new PostToConnectionCommand({ ConnectionId: api.lastId(), Data: 'a' });
  await expect(asAnn.send(post)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: execute-api:ManageConnections on resource'),
    $metadata: { httpStatusCode: 403 },
  });
  const Resource = `arn:aws:execute-api:eu-west-1:000000000000:${api.apiId}/prod/POST/@connections/*`;
  const Statement = { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iamClient.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'posts', PolicyDocument }));
  await asAnn.send(post);
  expect(await client.next()).toBe('a');
  await expect(asAnn.send(new DeleteConnectionCommand({ ConnectionId: api.lastId() }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('a request without a signature is refused', async () => {
  await using api = await served();
  using _client = await connect(api.url);
  const url = `${api.config.endpoint}/_api/${api.apiId}/prod/@connections/${encodeURIComponent(api.lastId())}`;
  const response = await fetch(url, { method: 'POST', body: 'a' });
  expect([response.status, await response.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
});

test('a connection is not open before $connect has let it in', async () => {
  const posted: Promise<unknown>[] = [];
  await using cloud = await testCloud({
    services: [
      apigateway,
      lambdaOf({
        chat: async ({ requestContext }) => {
          const { apiId, connectionId } = Object(requestContext);
          const post = new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'a' });
          posted.push(management(cloud.clientConfig(), apiId).send(post));
          await Promise.allSettled(posted);
          return { statusCode: 200 };
        },
      }),
    ],
  });
  const apiId = await makeWebSocketApi(cloud.clientConfig(), { routes: { $connect: 'chat' } });
  using _client = await connect(webSocketUrl(cloud.clientConfig(), apiId));
  await expect(posted[0]).rejects.toMatchObject({ name: 'GoneException' });
});

test('connections of an API that is deleted are closed', async () => {
  await using api = await served();
  using client = await connect(api.url);
  await new ApiGatewayV2Client(api.config).send(new DeleteApiCommand({ ApiId: api.apiId }));
  expect(await client.closed).toMatchObject({ code: 1001 });
});

test('connections end with the cloud, and their end is told when it starts again', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-connections-'));
  try {
    const first = await served({ ephemeral: false, dataFolder });
    using client = await connect(first.url);
    const id = first.lastId();
    await first.cloud.close();
    expect(await client.closed).toMatchObject({ code: 1006 });
    expect(first.calls).toHaveLength(1);
    const calls: LambdaCall[] = [];
    const services = [iam, apigateway, lambdaOf({ chat: () => ({ statusCode: 200 }) }, calls)];
    for (const told of [1, 1]) {
      await using cloud = await testCloud({ services, ephemeral: false, dataFolder });
      await expect.poll(() => calls.length).toBe(told);
      const post = new PostToConnectionCommand({ ConnectionId: id, Data: 'a' });
      await expect(management(cloud.clientConfig(), first.apiId).send(post)).rejects.toMatchObject({
        name: 'GoneException',
      });
    }
    expect(calls[0]?.event.requestContext).toMatchObject({
      eventType: 'DISCONNECT',
      connectionId: id,
      disconnectStatusCode: 1006,
    });
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});
