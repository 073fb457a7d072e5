import { GetLayerVersionByArnCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, expect, test } from 'vitest';
import { Feature } from './feature.js';

let app: Feature;

beforeAll(async () => {
  app = await Feature.deployed('Layers');
});

test('a function finds the package of the layer that the stack made', async () => {
  const answer = await fetch(`${app.output()}greeting`);
  expect([answer.status, await answer.json()]).toEqual([200, { greeting: 'hello ann' }]);
});

test('the layer is as the stack declares it', async () => {
  const lambda = new LambdaClient(app.clientConfig);
  const Arn = app.output('LayerArn');
  const layer = await lambda.send(new GetLayerVersionByArnCommand({ Arn })).finally(() => lambda.destroy());
  expect(layer).toMatchObject({ LayerVersionArn: Arn, Version: 1, CompatibleRuntimes: ['nodejs22.x'] });
});
