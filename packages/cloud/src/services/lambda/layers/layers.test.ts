import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { lambdaCloud, zip } from '../fixtures/lambda-cloud.js';
import { resourceContext } from '../fixtures/resource-context.js';
import { layerVersion } from '../resources/layer-version.js';

const LAYER = 'arn:aws:lambda:eu-west-1:000000000000:layer:tools';
const tool = (answer: string, name = 'tool') => ({
  [`nodejs/node_modules/${name}/index.js`]: `module.exports = ${JSON.stringify(answer)};`,
});
const USES = {
  'index.js': `exports.handler = async (names) => names.map((name) => { try { return require(name); } catch (error) { return error.code; } });`,
};

async function layerCloud(options: CloudOptions = {}) {
  const cloud = await lambdaCloud(options);
  return {
    ...cloud,
    publish: async (files: Readonly<Record<string, string>>, LayerName = 'tools') => {
      const command = new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: zip(files) } });
      return (await cloud.client.send(command)).LayerVersionArn ?? '';
    },
    required: async (...names: string[]) => (await cloud.invoke('users', names)).value,
  };
}

test('a function finds the packages of its layers, of later ones before those of earlier', async () => {
  await using cloud = await layerCloud();
  const first = await cloud.publish({ ...tool('first'), ...tool('only', 'other') });
  const second = await cloud.publish(tool('second'), 'more');
  await cloud.create('users', USES, { Layers: [first, second] });
  expect(await cloud.required('tool', 'other', 'none')).toEqual(['second', 'only', 'MODULE_NOT_FOUND']);
  expect(await cloud.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'users' }))).toMatchObject({
    Layers: [
      { Arn: first, CodeSize: expect.any(Number) },
      { Arn: second, CodeSize: expect.any(Number) },
    ],
  });
});

test('the layers of a function are changed and taken from it', async () => {
  await using cloud = await layerCloud();
  const change = async (Layers: string[]) => {
    await cloud.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'users', Layers }));
  };
  await cloud.create('users', USES, { Layers: [await cloud.publish(tool('first'))] });
  expect(await cloud.required('tool')).toEqual(['first']);
  await change([await cloud.publish(tool('second'))]);
  expect(await cloud.required('tool')).toEqual(['second']);
  await change([]);
  expect(await cloud.required('tool')).toEqual(['MODULE_NOT_FOUND']);
});

test('a function keeps a layer that was deleted, after a restart too', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-layers-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await layerCloud(options);
  await first.create('users', USES, { Layers: [await first.publish(tool('kept'))] });
  await first.client.send(new DeleteLayerVersionCommand({ LayerName: 'tools', VersionNumber: 1 }));
  await first.close();
  await using second = await layerCloud(options);
  expect(await second.required('tool')).toEqual(['kept']);
  const again = second.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'users', Layers: [`${LAYER}:1`] }),
  );
  await expect(again).rejects.toThrow(`Layer version ${LAYER}:1 does not exist.`);
  expect(await second.publish(tool('next'))).toBe(`${LAYER}:2`);
});

test('versions are described, listed and deleted', async () => {
  await using cloud = await layerCloud();
  const { client } = cloud;
  const content = { Content: { ZipFile: zip(tool('first')) } };
  const described = { Description: 'Tools', CompatibleRuntimes: ['nodejs22.x' as const], LicenseInfo: 'MIT' };
  await client.send(new PublishLayerVersionCommand({ LayerName: 'tools', ...content, ...described }));
  await cloud.publish(tool('second'));
  const expected = { LayerVersionArn: `${LAYER}:1`, Version: 1, ...described };
  const one = { LayerName: 'tools', VersionNumber: 1 };
  expect(await client.send(new GetLayerVersionCommand(one))).toMatchObject({
    ...expected,
    LayerArn: LAYER,
    Content: { CodeSize: content.Content.ZipFile.length, CodeSha256: expect.any(String) },
  });
  expect(await client.send(new GetLayerVersionByArnCommand({ Arn: `${LAYER}:1` }))).toMatchObject(expected);
  const versions = async (more: object = {}) =>
    (await client.send(new ListLayerVersionsCommand({ LayerName: 'tools', ...more }))).LayerVersions?.map(
      ({ Version }) => Version,
    );
  expect(await versions()).toEqual([2, 1]);
  expect(await versions({ CompatibleRuntime: 'nodejs22.x' })).toEqual([1]);
  expect((await client.send(new ListLayersCommand({}))).Layers).toMatchObject([
    { LayerName: 'tools', LayerArn: LAYER, LatestMatchingVersion: { Version: 2 } },
  ]);
  await client.send(new DeleteLayerVersionCommand(one));
  await client.send(new DeleteLayerVersionCommand(one));
  expect(await versions()).toEqual([2]);
  await expect(client.send(new GetLayerVersionCommand(one))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('layers that cannot be are refused by name', async () => {
  await using cloud = await layerCloud();
  await expect(cloud.publish({ 'extensions/agent': '#!/bin/sh' })).rejects.toThrow('extensions/agent');
  const create = (...Layers: string[]) => cloud.create('users', USES, { Layers });
  const arn = await cloud.publish(tool('first'));
  await expect(create(arn, await cloud.publish(tool('second')))).rejects.toThrow('Two different versions');
  await expect(create(arn.replace('000000000000', '111111111111'))).rejects.toThrow(
    'publish a copy of it in your own account and region',
  );
  const LayerName = 'arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsTypeScriptV2:1';
  await expect(cloud.client.send(new GetLayerVersionByArnCommand({ Arn: LayerName }))).rejects.toThrow(
    'of another account is not among them',
  );
  await expect(create(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${LAYER}${name}:1`))).rejects.toThrow(
    'Cannot reference more than 5 layers.',
  );
});

test('a stack’s layer is published once, and deleted', async () => {
  await using cloud = await layerCloud();
  const context = resourceContext(cloud, 'Tools');
  const properties = { Content: { ZipFile: zip(tool('first')) }, Description: 'Tools' };
  const expected = {
    ref: 'arn:aws:lambda:eu-west-1:000000000000:layer:app-Tools-ABC:1',
    attributes: { LayerVersionArn: 'arn:aws:lambda:eu-west-1:000000000000:layer:app-Tools-ABC:1' },
  };
  expect(await layerVersion.create('app-Tools-ABC', properties, context)).toEqual(expected);
  expect(await layerVersion.create('app-Tools-ABC', properties, context)).toEqual(expected);
  await layerVersion.delete('app-Tools-ABC', properties, context);
  await layerVersion.delete('app-Tools-ABC', properties, context);
  expect((await cloud.client.send(new ListLayersCommand({}))).Layers).toEqual([]);
});
