import { expect, test } from 'vitest';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

const NAME = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
const SOURCE = `export const handler = async () => process.env.${NAME} ?? null;`;
const major = Number(process.versions.node.split('.')[0]);
const RUNS = `nodejs${major}.x` as 'nodejs20.x' | 'nodejs22.x' | 'nodejs24.x';
const ANOTHER = major === 22 ? 'nodejs20.x' : 'nodejs22.x';

test('the SDK does not warn a function of a Node.js that it did not declare', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('quiet', SOURCE, { Runtime: ANOTHER });
  expect((await cloud.invoke('quiet')).value).toBe('true');
});

test('the SDK warns a function of the Node.js that it declared, as on AWS', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('warned', SOURCE, { Runtime: RUNS });
  expect((await cloud.invoke('warned')).value).toBeNull();
});

test('what a function itself declares about the warning of the SDK counts', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('wants', SOURCE, { Runtime: ANOTHER, Environment: { Variables: { [NAME]: 'false' } } });
  expect((await cloud.invoke('wants')).value).toBe('false');
});

// "Working with layers for Node.js Lambda functions", and NODE_PATH as Lambda sets it (test_introspection_invoke, 2026-01).
test('a module of the package is found by its name from everywhere in it, as on Lambda', async () => {
  await using cloud = await lambdaCloud();
  const files = {
    'deep/index.js': "exports.handler = async () => require('shared/name');",
    'shared/name.js': "module.exports = 'found';",
  };
  await cloud.create('users', files, { Handler: 'deep/index.handler' });
  expect((await cloud.invoke('users')).value).toBe('found');
});

test('a function runs in its own folder, and its libraries are looked for there', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'users',
    'export const handler = async () => { const { PWD, LAMBDA_TASK_ROOT, LD_LIBRARY_PATH = PWD } = process.env; return [PWD === LAMBDA_TASK_ROOT, LD_LIBRARY_PATH.startsWith(PWD)]; };',
  );
  expect((await cloud.invoke('users')).value).toEqual([true, true]);
});
