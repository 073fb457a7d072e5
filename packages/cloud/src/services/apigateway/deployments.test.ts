import * as sdk from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { apigateway } from './index.js';

it('tells the methods of a deployment to who asks for them, and flushes the caches of its stage', async () => {
  await using cloud = await testCloud({ services: [apigateway] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'api' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await client.send(new sdk.PutMethodCommand({ ...method, authorizationType: 'AWS_IAM', apiKeyRequired: true }));
  await client.send(new sdk.PutIntegrationCommand({ ...method, type: 'MOCK' }));
  const stage = { restApiId, stageName: 'dev' };
  const { id: deploymentId } = await client.send(new sdk.CreateDeploymentCommand(stage));
  const get = new sdk.GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] });
  expect((await client.send(get)).apiSummary).toEqual({
    '/': { GET: { apiKeyRequired: true, authorizationType: 'AWS_IAM' } },
  });
  await client.send(new sdk.FlushStageCacheCommand(stage));
  await client.send(new sdk.FlushStageAuthorizersCacheCommand(stage));
  const elsewhere = new sdk.FlushStageCacheCommand({ ...stage, stageName: 'nowhere' });
  await expect(client.send(elsewhere)).rejects.toThrow('Invalid Stage identifier specified');
  client.destroy();
});
