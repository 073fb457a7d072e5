import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import type { CloudContext } from '../core/cloud.js';
import { bindOperations, operation } from '../core/operation.js';
import type { Service } from '../core/service.js';
import { testCloud } from '../testing/test-cloud.js';
import { jsonProtocol } from './json-protocol.js';

function echo(_context: CloudContext): Service {
  const getParameter = operation<undefined>()({
    name: 'GetParameter',
    parse: (raw) => raw as { Name: string },
    access: ({ Name }) => [{ action: 'ssm:GetParameter', resource: Name }],
    handle: ({ Name }, { account, region }) => ({ Parameter: { Name, Value: `${account}/${region}` } }),
  });
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocol: jsonProtocol({ targetPrefix: 'AmazonSSM', version: '1.1' }),
    operations: bindOperations(undefined, [getParameter]),
    resourceTypes: [],
  };
}

test('a signed call reaches the operation with its account and region', async () => {
  await using cloud = await testCloud({ services: [echo] });
  const client = new SSMClient(cloud.clientConfig({ account: '111122223333', region: 'us-east-1' }));
  const { Parameter } = await client.send(new GetParameterCommand({ Name: 'a' }));
  expect(Parameter).toMatchObject({ Name: 'a', Value: '111122223333/us-east-1' });
});

test('a wrong secret is refused', async () => {
  await using cloud = await testCloud({ services: [echo] });
  const config = cloud.clientConfig();
  const client = new SSMClient({ ...config, credentials: { ...config.credentials, secretAccessKey: 'wrong' } });
  await expect(client.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
});

test('a service that the cloud has not is named', async () => {
  await using cloud = await testCloud({ services: [echo] });
  const client = new DynamoDBClient(cloud.clientConfig());
  await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(
    'The local cloud does not have the service dynamodb; it has ssm',
  );
});

test('a page in a browser is refused', async () => {
  await using cloud = await testCloud({ services: [echo] });
  const response = await fetch(`${cloud.endpoint}/_goblet/health`, { headers: { origin: 'https://example.com' } });
  expect(response.status).toBe(403);
});

test('the health page says what runs', async () => {
  await using cloud = await testCloud({ services: [echo] });
  const response = await fetch(`${cloud.endpoint}/_goblet/health`);
  expect(await response.json()).toMatchObject({ goblet: 'cloud', services: ['ssm'], iam: 'enforce' });
});
