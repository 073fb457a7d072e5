import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { apigateway } from './index.js';

const policy = (Effect: string, Resource: string) => ({
  Effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource,
});
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

async function cloudWithApi(endpointConfiguration: sdk.EndpointConfiguration = {}) {
  const cloud = await testCloud({ services: [apigateway] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'api', endpointConfiguration }),
  );
  for (const httpMethod of ['GET', 'POST']) {
    const at = { restApiId, resourceId, httpMethod };
    await client.send(new sdk.PutMethodCommand({ ...at, authorizationType: 'NONE' }));
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    await client.send(new sdk.PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates }));
    await client.send(new sdk.PutIntegrationResponseCommand({ ...at, statusCode: '200' }));
  }
  return {
    client,
    restApiId,
    deploy: () => client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'dev' })),
    withPolicy: (value: string) =>
      client.send(
        new sdk.UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/policy', value }] }),
      ),
    call: (method: string) => fetch(`${cloud.endpoint}/_api/${restApiId}/dev/`, { method }),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

it('lets in whom the policy of an API allows, from its next deployment on', async () => {
  await using api = await cloudWithApi();
  await api.deploy();
  const text = document(policy('Allow', 'execute-api:/*'), policy('Deny', 'execute-api:/dev/POST/*'));
  const { policy: told } = await api.withPolicy(text);
  expect(told).toBe(text.replaceAll('"', '\\"'));
  expect((await api.call('POST')).status).toBe(200);
  await api.deploy();
  expect((await api.call('GET')).status).toBe(200);
  const refused = await api.call('POST');
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({
    Message: expect.stringMatching(
      /^User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:\*{8}0000:/,
    ),
  });
});

it('does not deploy a private API without a policy', async () => {
  await using api = await cloudWithApi({ types: ['PRIVATE'] });
  await expect(api.deploy()).rejects.toThrow("Private REST API doesn't have a resource policy attached to it");
  await api.withPolicy(document(policy('Allow', 'execute-api:/*')));
  await api.deploy();
  expect((await api.call('GET')).status).toBe(200);
});
