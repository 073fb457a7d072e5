import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import type { CloudContext } from '../core/cloud.js';
import type { Front } from '../core/front.js';
import { bindOperations, operation } from '../core/operation.js';
import type { Service } from '../core/service.js';
import { testCloud } from '../testing/test-cloud.js';
import { jsonProtocol } from './protocols/json.js';

function echo(_context: CloudContext, more: Partial<Service> = {}): Service {
  const getParameter = operation<undefined>()({
    name: 'GetParameter',
    parse: (raw) => raw as { Name: string },
    access: (row) => [row({ action: 'ssm:GetParameter', on: ({ Name }) => ({ resource: Name }) })],
    handle: ({ Name }, { account, region }) => ({ Parameter: { Name, Value: `${account}/${region}` } }),
  });
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocol: jsonProtocol('ssm'),
    operations: bindOperations(undefined, [getParameter]),
    resourceTypes: [],
    ...more,
  };
}

const read = (client: SSMClient, Name = 'a') => client.send(new GetParameterCommand({ Name }));

test('a signed call reaches the operation with its account and region', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const client = new SSMClient(cloud.clientConfig({ account: '111122223333', region: 'us-east-1' }));
  const { Parameter } = await client.send(new GetParameterCommand({ Name: 'a' }));
  expect(Parameter).toMatchObject({ Name: 'a', Value: '111122223333/us-east-1' });
});

test('a wrong secret is refused', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const config = cloud.clientConfig();
  const client = new SSMClient({ ...config, credentials: { ...config.credentials, secretAccessKey: 'wrong' } });
  await expect(client.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
});

test('a service that the cloud has not is named', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const client = new DynamoDBClient(cloud.clientConfig());
  await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(
    'The local cloud does not have the service dynamodb; it has ssm',
  );
});

test('a page in a browser is refused', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const response = await fetch(`${cloud.endpoint}/_goblet/health`, { headers: { origin: 'https://example.com' } });
  expect(response.status).toBe(403);
});

test('the health page says what runs', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const response = await fetch(`${cloud.endpoint}/_goblet/health`);
  expect(await response.json()).toMatchObject({ goblet: 'cloud', services: ['ssm'], iam: 'enforce' });
});

test('an operation that the service has not is named', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const client = new SSMClient(cloud.clientConfig());
  await expect(client.send(new DescribeParametersCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'The local cloud does not have the operation DescribeParameters of ssm',
  });
});

async function statusFor(endpoint: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = httpRequest(`${endpoint}/_goblet/health`, { headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

test('a name that points here from outside is refused', async () => {
  await using cloud = await testCloud({ services: [] });
  expect(await statusFor(cloud.endpoint, { host: 'rebound.example.com' })).toBe(403);
  expect(await statusFor(cloud.endpoint, { host: 'localhost' })).toBe(200);
});

test('a request without a signature is refused', async () => {
  await using cloud = await testCloud({ services: [(context) => echo(context)] });
  const headers = { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(cloud.endpoint, { method: 'POST', headers, body: '{"Name":"a"}' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

test('a front answers browsers, before any signature is looked for', async () => {
  const front: Front = {
    maxBody: 1_000_000,
    matches: ({ path }) => path.startsWith('/_front/'),
    handle: async ({ method, path, query, body }) => ({
      status: 201,
      headers: [
        ['x-a', '1'],
        ['x-a', '2'],
      ],
      body: `${method} ${path} ${query} ${Buffer.from(body)}`,
    }),
  };
  await using cloud = await testCloud({ services: [(context) => echo(context, { fronts: [front] })] });
  const response = await fetch(`${cloud.endpoint}/_front/a%20b?q=1`, {
    method: 'POST',
    headers: { origin: 'https://example.com' },
    body: 'body',
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-a')).toBe('1, 2');
  expect(await response.text()).toBe('POST /_front/a%20b q=1 body');
});

test('a streamed answer arrives in pieces, and one that breaks off is no whole answer', async () => {
  const front: Front = {
    maxBody: 1_000_000,
    matches: () => true,
    handle: async ({ path }) => ({
      status: 200,
      headers: [],
      body: (async function* () {
        yield Buffer.from('one ');
        if (path === '/broken') throw new Error('broken');
        yield Buffer.from('two');
      })(),
    }),
  };
  await using cloud = await testCloud({ services: [(context) => echo(context, { fronts: [front] })] });
  expect(await (await fetch(cloud.endpoint)).text()).toBe('one two');
  await expect(fetch(`${cloud.endpoint}/broken`).then((response) => response.text())).rejects.toThrow();
});

test('a failure of our own says so, and its stack is told to the terminal alone', async () => {
  const broken = operation<undefined>()({
    name: 'GetParameter',
    parse: (raw) => raw,
    access: () => [],
    handle: () => {
      throw new TypeError('x is not a function');
    },
  });
  const operations = bindOperations(undefined, [broken]);
  await using cloud = await testCloud({ services: [(context) => echo(context, { operations })] });
  const client = new SSMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await expect(read(client)).rejects.toMatchObject({
    name: 'InternalFailure',
    message: 'The local cloud failed: x is not a function',
  });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({
      kind: 'warning',
      message: expect.stringMatching(/ssm GetParameter failed: TypeError.*\n +at/),
    }),
  );
});
