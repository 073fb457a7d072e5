import {
  GetFunctionCommand,
  GetLayerVersionCommand,
  ListLayersCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { lambdaCloud, zip } from '../fixtures/lambda-cloud.js';
import { CodeLocations } from './code-locations.js';

const HANDLER = 'export const handler = async () => 1;';

async function bytesAt(location: string | undefined): Promise<Buffer> {
  return Buffer.from(await (await fetch(location ?? '')).arrayBuffer());
}

test('the location of a function’s code gives its package', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', HANDLER);
  const { Code } = await cloud.client.send(new GetFunctionCommand({ FunctionName: 'users' }));
  expect(Code).toEqual({ RepositoryType: 'S3', Location: expect.any(String) });
  expect(await bytesAt(Code?.Location)).toEqual(Buffer.from(zip(HANDLER)));
});

test('the location of a layer’s content gives it, from publishing on', async () => {
  await using cloud = await lambdaCloud();
  const ZipFile = zip({ 'nodejs/tool.js': '1' });
  const published = await cloud.client.send(
    new PublishLayerVersionCommand({ LayerName: 'tools', Content: { ZipFile } }),
  );
  expect(await bytesAt(published.Content?.Location)).toEqual(Buffer.from(ZipFile));
  const got = await cloud.client.send(new GetLayerVersionCommand({ LayerName: 'tools', VersionNumber: 1 }));
  expect(await bytesAt(got.Content?.Location)).toEqual(Buffer.from(ZipFile));
  const { Layers } = await cloud.client.send(new ListLayersCommand({}));
  expect(Layers?.[0]?.LatestMatchingVersion).not.toHaveProperty('Content');
});

test('a location is good for ten minutes, and for the code that it was made for', async () => {
  let now = Date.parse('2026-12-01T00:00:00Z');
  const locations = new CodeLocations({ endpoint: () => 'http://127.0.0.1:4566', now: () => now });
  const { handle } = locations.front(async ({ key }) => Buffer.from(key));
  const ask = async (url: string, method = 'GET') => {
    const { pathname: path, search } = new URL(url);
    const query = search.slice(1);
    const signal = new AbortController().signal;
    return handle({ method, path, query, headers: [], sourceIp: '', signal, body: new Uint8Array() });
  };
  const url = locations.of({ account: '000000000000', region: 'eu-west-1', kind: 'layers', key: 'tools:1' });
  expect(await ask(url)).toMatchObject({ status: 200, body: Buffer.from('tools:1') });
  expect(await ask(url, 'PUT')).toMatchObject({ status: 405 });
  expect(await ask(url.replace('tools', 'other'))).toMatchObject({ status: 403 });
  expect(await ask(url.replace(/20261201T/, '20271201T'))).toMatchObject({ status: 403 });
  now += 601_000;
  expect(await ask(url)).toMatchObject({ status: 403, body: expect.stringContaining('Request has expired') });
});
