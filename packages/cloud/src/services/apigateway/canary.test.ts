import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { apigateway } from './index.js';

const template = (deployment: string) =>
  `{"deployment": "${deployment}", "color": "$stageVariables.color", "isCanary": "$context.isCanaryRequest"}`;

it('sends as many requests to the canary of a stage as it asks for', async () => {
  await using cloud = await testCloud({ services: [apigateway] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'api' }),
  );
  const at = { restApiId, resourceId, httpMethod: 'GET' };
  const respond = (deployment: string) =>
    client.send(
      new sdk.PutIntegrationResponseCommand({
        ...at,
        statusCode: '200',
        responseTemplates: { 'application/json': template(deployment) },
      }),
    );
  const stage = { restApiId, stageName: 'dev' };
  await client.send(new sdk.PutMethodCommand({ ...at, authorizationType: 'NONE' }));
  const requestTemplates = { 'application/json': '{"statusCode": 200}' };
  await client.send(new sdk.PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates }));
  await respond('first');
  await client.send(new sdk.CreateDeploymentCommand({ ...stage, variables: { color: 'blue' } }));
  await respond('second');
  const canarySettings = { percentTraffic: 0, stageVariableOverrides: { color: 'red' } };
  await client.send(new sdk.CreateDeploymentCommand({ ...stage, canarySettings }));
  const answer = async () => (await fetch(`${cloud.endpoint}/_api/${restApiId}/dev/`)).json();
  expect(await answer()).toEqual({ deployment: 'first', color: 'blue', isCanary: 'false' });
  const patchOperations = [{ op: 'replace' as const, path: '/canarySettings/percentTraffic', value: '100.0' }];
  await client.send(new sdk.UpdateStageCommand({ ...stage, patchOperations }));
  expect(await answer()).toEqual({ deployment: 'second', color: 'red', isCanary: 'true' });
  client.destroy();
});
