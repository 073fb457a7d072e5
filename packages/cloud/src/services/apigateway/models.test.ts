import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { definitionOf, functionUri, lambdaOf } from './fixtures/functions.js';
import { apigateway } from './index.js';

const USER = JSON.stringify({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } });

async function cloudWithApi() {
  const cloud = await testCloud({
    services: [apigateway, lambdaOf({ echo: () => ({ statusCode: 200, body: 'in' }) })],
  });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId = '', rootResourceId: resourceId = '' } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'api' }),
  );
  return {
    cloud,
    client,
    restApiId,
    at: { restApiId, resourceId, httpMethod: 'POST' },
    create: (name: string, schema: string) =>
      client.send(new sdk.CreateModelCommand({ restApiId, name, schema, contentType: 'application/json' })),
    /** Deploys `POST /` behind a validator; gives what a body of a content type is answered. */
    deploy: async (requestModels: Record<string, string>, requestParameters: Record<string, boolean> = {}) => {
      const at = { restApiId, resourceId, httpMethod: 'POST' };
      const { id: requestValidatorId } = await client.send(
        new sdk.CreateRequestValidatorCommand({
          restApiId,
          validateRequestBody: true,
          validateRequestParameters: true,
        }),
      );
      await client.send(
        new sdk.PutMethodCommand({
          ...at,
          authorizationType: 'NONE',
          requestModels,
          requestParameters,
          requestValidatorId,
        }),
      );
      await client.send(
        new sdk.PutIntegrationCommand({
          ...at,
          type: 'AWS_PROXY',
          integrationHttpMethod: 'POST',
          uri: functionUri('echo'),
        }),
      );
      await client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
      return async (body: string, type = 'application/json') => {
        const url = `${cloud.endpoint}/_api/${restApiId}/v1/`;
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
        return [response.status, await response.text()];
      };
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

const INVALID = [400, '{"message":"Invalid request body"}'];

it('has two models from the start, and keeps those that are made', async () => {
  await using api = await cloudWithApi();
  await api.create('User', USER);
  const { items } = await api.client.send(new sdk.GetModelsCommand({ restApiId: api.restApiId }));
  expect(items?.map(({ name, description }) => [name, description])).toEqual([
    ['Empty', 'This is a default empty schema model'],
    ['Error', 'This is a default error schema model'],
    ['User', undefined],
  ]);
  const patchOperations = [{ op: 'replace' as const, path: '/schema', value: '{"type": "object"}' }];
  const named = { restApiId: api.restApiId, modelName: 'User' };
  expect(await api.client.send(new sdk.UpdateModelCommand({ ...named, patchOperations }))).toMatchObject({
    schema: '{"type": "object"}',
  });
  await api.client.send(new sdk.DeleteModelCommand(named));
  await expect(api.client.send(new sdk.GetModelCommand(named))).rejects.toThrow('Invalid model name specified: User');
});

it('refuses models in the words of AWS', async () => {
  await using api = await cloudWithApi();
  await expect(api.create('', USER)).rejects.toThrow('Model name must be non-empty');
  await expect(api.create('User', '')).rejects.toThrow(
    'Model schema must have at least 1 property or array items defined',
  );
  await api.create('User', USER);
  await expect(api.create('User', USER)).rejects.toThrow('Model name already exists for this REST API');
  await api.deploy({ 'application/json': 'User' });
  const used = new sdk.DeleteModelCommand({ restApiId: api.restApiId, modelName: 'User' });
  await expect(api.client.send(used)).rejects.toThrow(
    "Cannot delete model 'User', is referenced in method request: //POST",
  );
});

it('validates bodies by the model of their content type', async () => {
  await using api = await cloudWithApi();
  await api.create('User', USER);
  const post = await api.deploy({ 'application/json': 'User' });
  expect(await post('{"name": "Ann"}')).toEqual([200, 'in']);
  expect(await post('{"name": 7}')).toEqual(INVALID);
  expect(await post('')).toEqual(INVALID);
  expect(await post('not json')).toEqual(INVALID);
  expect(await post('anything', 'text/plain')).toEqual([200, 'in']);
});

it('follows references between models', async () => {
  await using api = await cloudWithApi();
  await api.create('User', USER);
  const $ref = `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/User`;
  await api.create('Users', JSON.stringify({ type: 'array', items: { $ref } }));
  const post = await api.deploy({ 'application/json': 'Users' });
  expect(await post('[{"name": "Ann"}]')).toEqual([200, 'in']);
  expect(await post('[{}]')).toEqual(INVALID);
});

it('names missing parameters by their places: headers, then the query string', async () => {
  await using api = await cloudWithApi();
  const post = await api.deploy({}, { 'method.request.querystring.q': true, 'method.request.header.x-id': true });
  expect(await post('{}')).toEqual([400, '{"message":"Missing required request parameters: [x-id, q]"}']);
});

it('imports the schemas of a definition as models', async () => {
  await using api = await cloudWithApi();
  const document = JSON.parse(
    Buffer.from(
      definitionOf(
        { 'POST /users': 'echo' },
        {
          components: {
            schemas: {
              Name: { type: 'string', minLength: 2 },
              User: { type: 'object', required: ['name'], properties: { name: { $ref: '#/components/schemas/Name' } } },
            },
          },
          'x-amazon-apigateway-request-validators': { body: { validateRequestBody: true } },
          'x-amazon-apigateway-request-validator': 'body',
        },
      ),
    ).toString(),
  );
  document.paths['/users'].post.requestBody = {
    content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } },
  };
  const body = new TextEncoder().encode(JSON.stringify(document));
  const { id: restApiId = '' } = await api.client.send(new sdk.ImportRestApiCommand({ body }));
  await api.client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const post = async (text: string) => {
    const url = `${api.cloud.endpoint}/_api/${restApiId}/v1/users`;
    return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })).status;
  };
  expect([await post('{"name": "Ann"}'), await post('{"name": "A"}'), await post('{}')]).toEqual([200, 400, 400]);
});
