import { createServer, type IncomingHttpHeaders } from 'node:http';
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  DeauthorizeConnectionCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { rootCall } from '../../../testing/fixtures/root-call.js';
import { iam } from '../../iam/index.js';
import { secretsManager } from '../../secretsmanager/index.js';
import { sqs } from '../../sqs/index.js';
import { sts } from '../../sts/index.js';
import { EVENT, eventsCloud } from '../fixtures/events-cloud.js';
import { events } from '../index.js';

const BASIC = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'user', Password: 'secret' } },
} as const;

async function connectionsCloud() {
  const cloud = await eventsCloud({ services: [sqs, sts, iam, secretsManager, events] });
  const create = (Name: string, input: Omit<CreateConnectionCommandInput, 'Name'> = BASIC) =>
    cloud.client.send(new CreateConnectionCommand({ Name, ...input }));
  return { ...cloud, create };
}

/** A server that keeps what it was asked. */
async function endpoint(answer: (url: string) => { status: number; body?: string } = () => ({ status: 200 })) {
  const asked: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const { status, body: text } = answer(request.url ?? '');
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a connection is created, described without its secret, changed, listed, deauthorized and deleted', async () => {
  await using cloud = await connectionsCloud();
  const { client } = cloud;
  const created = await cloud.create('partner');
  expect(created).toMatchObject({
    ConnectionArn: expect.stringMatching(/^arn:aws:events:eu-west-1:000000000000:connection\/partner\/[0-9a-f-]{36}$/),
    ConnectionState: 'AUTHORIZED',
  });
  const describe = () => client.send(new DescribeConnectionCommand({ Name: 'partner' }));
  expect(await describe()).toMatchObject({
    Name: 'partner',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'user' } },
    LastAuthorizedTime: expect.any(Date),
    SecretArn: expect.stringMatching(/:secret:events!connection\/partner\/[0-9a-f-]{36}-\w{6}$/),
  });
  expect(JSON.stringify(await describe())).not.toContain('"secret"');
  const key = { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: 'secret' } };
  await client.send(
    new UpdateConnectionCommand({ Name: 'partner', AuthorizationType: 'API_KEY', AuthParameters: key }),
  );
  expect(await describe()).toMatchObject({ AuthorizationType: 'API_KEY' });
  expect((await client.send(new ListConnectionsCommand({ NamePrefix: 'part' }))).Connections).toHaveLength(1);
  await client.send(new DeauthorizeConnectionCommand({ Name: 'partner' }));
  expect(await describe()).toMatchObject({ ConnectionState: 'DEAUTHORIZED' });
  expect(await client.send(new DeleteConnectionCommand({ Name: 'partner' }))).toMatchObject({
    ConnectionState: 'DELETING',
  });
  await expect(describe()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Failed to describe the connection(s). Connection 'partner' does not exist.",
  });
});

// As AWS was recorded to answer.
test.each([
  [BASIC, { username: 'user', password: 'secret' }],
  [
    {
      AuthorizationType: 'API_KEY',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'ApiKey', ApiKeyValue: 'secret' } },
    },
    { api_key_name: 'ApiKey', api_key_value: 'secret' },
  ],
  [
    {
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          ClientParameters: { ClientID: 'client_id', ClientSecret: 'client_secret' },
          AuthorizationEndpoint: 'https://example.com/oauth',
          HttpMethod: 'POST',
        },
      },
    },
    {
      client_id: 'client_id',
      client_secret: 'client_secret',
      authorization_endpoint: 'https://example.com/oauth',
      http_method: 'POST',
    },
  ],
] as const)('the parameters of a connection are a secret, which goes with it: %j', async (connection, secret) => {
  await using cloud = await connectionsCloud();
  await cloud.create('partner', connection);
  const { SecretArn } = await cloud.client.send(new DescribeConnectionCommand({ Name: 'partner' }));
  const value = () => cloud.context.dispatch('secretsmanager', 'GetSecretValue', { SecretId: SecretArn }, rootCall);
  expect(JSON.parse((await value()).SecretString ?? '')).toEqual(secret);
  await cloud.client.send(new DeleteConnectionCommand({ Name: 'partner' }));
  await expect(value()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

// As AWS was recorded to answer.
test('what is wrong with a name and a type is said at once, its pattern before its length', async () => {
  await using cloud = await connectionsCloud();
  const name = `This should fail with two errors ${'1'.repeat(34)}`;
  const invalid = { ...BASIC, AuthorizationType: 'INVALID' } as unknown as typeof BASIC;
  await expect(cloud.create(name, invalid)).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      `3 validation errors detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular ` +
      `expression pattern: [\\.\\-_A-Za-z0-9]+; Value '${name}' at 'name' failed to satisfy constraint: Member must have ` +
      "length less than or equal to 64; Value 'INVALID' at 'authorizationType' failed to satisfy constraint: Member must " +
      'satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]',
  });
});

test('an API destination is active while its connection is authorized', async () => {
  await using cloud = await connectionsCloud();
  const { client } = cloud;
  const { ConnectionArn } = await cloud.create('partner');
  const settings = { ConnectionArn, InvocationEndpoint: 'https://127.0.0.1/api', HttpMethod: 'POST' } as const;
  const create = new CreateApiDestinationCommand({ Name: 'hook', ...settings });
  expect(await client.send(create)).toMatchObject({ ApiDestinationState: 'ACTIVE' });
  await expect(client.send(create)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  const describe = () => client.send(new DescribeApiDestinationCommand({ Name: 'hook' }));
  expect(await describe()).toMatchObject({ ...settings, InvocationRateLimitPerSecond: 300 });
  await client.send(new DeauthorizeConnectionCommand({ Name: 'partner' }));
  expect(await describe()).toMatchObject({ ApiDestinationState: 'INACTIVE' });
  expect((await client.send(new ListApiDestinationsCommand({ ConnectionArn }))).ApiDestinations).toHaveLength(1);
  const unknown = `${ConnectionArn?.slice(0, -1)}x`;
  const other = new CreateApiDestinationCommand({ Name: 'other', ...settings, ConnectionArn: unknown });
  await expect(client.send(other)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

/** A cloud whose rule `orders` sends events to an API destination under a role. */
async function hookCloud(url: string, connection: Omit<CreateConnectionCommandInput, 'Name'>, target: object = {}) {
  const cloud = await connectionsCloud();
  const { ConnectionArn } = await cloud.create('partner', connection);
  const { ApiDestinationArn = '' } = await cloud.client.send(
    new CreateApiDestinationCommand({ Name: 'hook', ConnectionArn, InvocationEndpoint: url, HttpMethod: 'POST' }),
  );
  const roles = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const AssumeRolePolicyDocument = document({
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const { Role } = await roles.send(new CreateRoleCommand({ RoleName: 'caller', AssumeRolePolicyDocument }));
  const PolicyDocument = document({ Action: 'events:InvokeApiDestination', Resource: ApiDestinationArn });
  await roles.send(new PutRolePolicyCommand({ RoleName: 'caller', PolicyName: 'call', PolicyDocument }));
  await cloud.rule('orders', { EventPattern: JSON.stringify({ source: ['shop'] }) });
  await cloud.targets('orders', { Id: 'hook', Arn: ApiDestinationArn, RoleArn: Role?.Arn, ...target });
  return cloud;
}

test('an event is sent to an API destination with the parameters of its target and of its connection', async () => {
  await using partner = await endpoint();
  const InvocationHttpParameters = {
    HeaderParameters: [{ Key: 'x-team', Value: 'shop', IsValueSecret: false }],
    BodyParameters: [{ Key: 'from', Value: 'goblet' }],
  };
  await using cloud = await hookCloud(
    `${partner.url}/orders/*`,
    { ...BASIC, AuthParameters: { ...BASIC.AuthParameters, InvocationHttpParameters } },
    { InputPath: '$.detail', HttpParameters: { PathParameterValues: ['a b'], QueryStringParameters: { v: '2' } } },
  );
  await cloud.put(EVENT);
  await expect.poll(() => partner.asked).toHaveLength(1);
  const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: '' }] = partner.asked;
  expect({ method, url, body }).toEqual({
    method: 'POST',
    url: '/orders/a%20b?v=2',
    body: '{"order":7,"from":"goblet"}',
  });
  expect(headers).toMatchObject({
    'x-team': 'shop',
    authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
    'content-type': 'application/json; charset=utf-8',
  });
});

test('a client of OAuth gets a token first', async () => {
  await using partner = await endpoint((url) =>
    url === '/token' ? { status: 200, body: '{"access_token":"t0"}' } : { status: 200 },
  );
  await using cloud = await hookCloud(partner.url, {
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: {
      OAuthParameters: {
        ClientParameters: { ClientID: 'me', ClientSecret: 'secret' },
        AuthorizationEndpoint: `${partner.url}/token`,
        HttpMethod: 'POST',
      },
    },
  });
  await cloud.put(EVENT);
  await expect.poll(() => partner.asked.map(({ url }) => url)).toEqual(['/token', '/']);
  expect(partner.asked[0]?.body).toBe('grant_type=client_credentials&client_id=me&client_secret=secret');
  expect(partner.asked[1]?.headers.authorization).toBe('Bearer t0');
});

test('an answer that is a refusal is not asked for again', async () => {
  await using partner = await endpoint(() => ({ status: 400, body: 'no such order' }));
  await using cloud = await hookCloud(partner.url, BASIC);
  await cloud.put(EVENT);
  const message = expect.stringContaining('ERROR_FROM_TARGET: 400 no such order');
  await expect.poll(() => cloud.events).toContainEqual(expect.objectContaining({ kind: 'warning', message }));
  expect(partner.asked).toHaveLength(1);
});
