import {
  CreateFunctionCommand,
  ListFunctionsCommand,
  PublishLayerVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { LINK, zipOf } from '../../../runtime/fixtures/zip-of.js';
import { lambdaCloud, ROLE } from '../fixtures/lambda-cloud.js';

const UNZIP = {
  name: 'InvalidParameterValueException',
  message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
};

const settings = { Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler' } as const;

test('a package that can not be unpacked is refused wherever it is given, and nothing is made of it', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('good', 'export const handler = async () => "good";');
  const ZipFile = zipOf({ name: 'a', content: 'file' }, { name: 'a/b', content: 'below it' });
  await expect(
    cloud.client.send(new CreateFunctionCommand({ FunctionName: 'bad', Code: { ZipFile }, ...settings })),
  ).rejects.toMatchObject(UNZIP);
  await expect(
    cloud.client.send(new UpdateFunctionCodeCommand({ FunctionName: 'good', ZipFile })),
  ).rejects.toMatchObject(UNZIP);
  await expect(
    cloud.client.send(new PublishLayerVersionCommand({ LayerName: 'bad', Content: { ZipFile } })),
  ).rejects.toMatchObject(UNZIP);
  const { Functions } = await cloud.client.send(new ListFunctionsCommand({}));
  expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['good']);
  expect((await cloud.invoke('good')).value).toBe('good');
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining('a is a file, and a/b is below it') }),
  );
});

// As AWS was recorded to answer in November 2025.
test('a package of 50 MB that comes with its request is too large', async () => {
  await using cloud = await lambdaCloud();
  const ZipFile = new Uint8Array(52_428_800);
  const create = new CreateFunctionCommand({ FunctionName: 'large', Code: { ZipFile }, ...settings });
  await expect(cloud.client.send(create)).rejects.toMatchObject({
    name: 'RequestEntityTooLargeException',
    message: 'Zipped size must be smaller than 52428800 bytes',
  });
});

test('a package with nothing but folders is empty', async () => {
  await using cloud = await lambdaCloud();
  const ZipFile = zipOf({ name: 'lib/' });
  await expect(
    cloud.client.send(new CreateFunctionCommand({ FunctionName: 'bad', Code: { ZipFile }, ...settings })),
  ).rejects.toThrow('Uploaded file must be a non-empty zip');
});

test('links in a package are links', async () => {
  await using cloud = await lambdaCloud();
  const ZipFile = zipOf(
    { name: 'lib/code.mjs', content: 'export const handler = async () => "by a link";', mode: 0o100644 },
    { name: 'index.mjs', content: 'lib/code.mjs', mode: LINK },
  );
  await cloud.client.send(new CreateFunctionCommand({ FunctionName: 'linked', Code: { ZipFile }, ...settings }));
  expect((await cloud.invoke('linked')).value).toBe('by a link');
});

test('a function that changes its code, where it can, changes it for no other environment', async () => {
  await using cloud = await lambdaCloud();
  const source = `
    import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
    const file = process.env.LAMBDA_TASK_ROOT + '/index.mjs';
    export const handler = async ({ evil }) => {
      if (evil) {
        chmodSync(file, 0o644);
        writeFileSync(file, 'export const handler = async () => "evil";');
      }
      return readFileSync(file, 'utf8').length > 100;
    };`;
  await cloud.create('first', source);
  await cloud.create('second', source);
  expect((await cloud.invoke('first', { evil: true })).value).toBe(false);
  expect((await cloud.invoke('second', {})).value).toBe(true);
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining('no longer what was deployed') }),
  );
});
