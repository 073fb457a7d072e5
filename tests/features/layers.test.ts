import { GetLayerVersionByArnCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

let app: DeployedApp;

beforeAll(async () => {
  app = await DeployedApp.deploy('tests/features/layers/infra.ts');
});
afterAll(() => app?.[Symbol.asyncDispose]());

test('a function finds the package of the layer that the stack made', async () => {
  const answer = await fetch(`${app.output('Layers')}greeting`);
  expect([answer.status, await answer.json()]).toEqual([200, { greeting: 'hello ann' }]);
});

test('the layer is as the stack declares it', async () => {
  const lambda = new LambdaClient(await app.clientConfig());
  const Arn = app.output('Layers', 'LayerArn');
  const layer = await lambda.send(new GetLayerVersionByArnCommand({ Arn })).finally(() => lambda.destroy());
  expect(layer).toMatchObject({ LayerVersionArn: Arn, Version: 1, CompatibleRuntimes: ['nodejs22.x'] });
});
