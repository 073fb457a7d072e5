import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { apigateway } from './index.js';

async function cloudWithMethod() {
  const cloud = await testCloud({ services: [apigateway] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId = '', rootResourceId: resourceId = '' } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'api' }),
  );
  const at = { restApiId, resourceId, httpMethod: 'ANY' };
  await client.send(new sdk.PutMethodCommand({ ...at, authorizationType: 'none' }));
  return {
    client,
    at,
    method: (...patchOperations: sdk.PatchOperation[]) =>
      client.send(new sdk.UpdateMethodCommand({ ...at, patchOperations })),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

const add = (path: string, value: string) => ({ op: 'add' as const, path, value });
const replace = (path: string, value: string) => ({ op: 'replace' as const, path, value });
const remove = (path: string) => ({ op: 'remove' as const, path });

it('patches a method', async () => {
  await using api = await cloudWithMethod();
  const parameter = '/requestParameters/method.request.querystring.optional';
  expect(await api.method(add(parameter, 'true'), add('/requestModels/application~1json', 'Empty'))).toMatchObject({
    authorizationType: 'NONE',
    requestParameters: { 'method.request.querystring.optional': true },
    requestModels: { 'application/json': 'Empty' },
  });
  const replaced = await api.method(replace('/apiKeyRequired', 'true'), replace('/authorizationType', 'AWS_IAM'));
  expect(replaced).toMatchObject({ apiKeyRequired: true, authorizationType: 'AWS_IAM' });
  expect((await api.method(remove(parameter))).requestParameters).toBeUndefined();
});

it('refuses patches in the words of AWS', async () => {
  await using api = await cloudWithMethod();
  await expect(api.method(add('/operationName', 'a'))).rejects.toThrow(
    'Invalid patch operation specified. Must be one of: [replace]',
  );
  await expect(api.method(add('/httpMethod', 'PUT'))).rejects.toThrow('Invalid patch path /httpMethod');
  await expect(api.method(add('/requestModels/application/json', 'Empty'))).rejects.toThrow(
    'Invalid patch path /requestModels/application/json',
  );
  await expect(api.method(remove('/requestModels/text~1plain'))).rejects.toThrow(
    'Content-Type specified was not found',
  );
  const elsewhere = new sdk.UpdateMethodCommand({ ...api.at, restApiId: 'nobody', patchOperations: [] });
  await expect(api.client.send(elsewhere)).rejects.toThrow('Invalid Resource identifier specified');
});

it('patches an integration and its response', async () => {
  await using api = await cloudWithMethod();
  const { client, at } = api;
  await client.send(new sdk.PutIntegrationCommand({ ...at, type: 'MOCK' }));
  const patchOperations = [
    add('/requestTemplates/application~1json', '{"statusCode": 200}'),
    replace('/timeoutInMillis', '50'),
  ];
  expect(await client.send(new sdk.UpdateIntegrationCommand({ ...at, patchOperations }))).toMatchObject({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    timeoutInMillis: 50,
    cacheNamespace: at.resourceId,
  });
  const response = { ...at, statusCode: '200' };
  await client.send(new sdk.PutMethodResponseCommand(response));
  await client.send(new sdk.PutIntegrationResponseCommand({ ...response, selectionPattern: '' }));
  const updated = await client.send(
    new sdk.UpdateIntegrationResponseCommand({ ...response, patchOperations: [replace('/selectionPattern', '2..')] }),
  );
  expect(updated.selectionPattern).toBe('2..');
});
