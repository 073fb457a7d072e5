import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('no environment outlives a cloud that is killed, not even one that spins', async () => {
  const script = fileURLToPath(new URL('../fixtures/doomed-cloud.mjs', import.meta.url));
  const cloud = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void cloud.kill('SIGKILL'));
  const [line] = await once(createInterface(cloud.stdout), 'line');
  const { idle, busy } = JSON.parse(String(line)) as { idle: number; busy: number };
  expect([lives(idle), lives(busy)]).toEqual([true, true]);
  cloud.kill('SIGKILL');
  await expect.poll(() => [lives(idle), lives(busy)], { timeout: 5000 }).toEqual([false, false]);
});

test('a cloud that closes ends its environments, busy ones too', async () => {
  const cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async (wait) => { if (wait) for (;;); return process.pid; };', {
    Timeout: 60,
  });
  const pid = Number((await cloud.invoke('users', false)).value);
  const busy = cloud.invoke('users', true).catch(() => {});
  await cloud.close();
  await busy;
  expect(lives(pid)).toBe(false);
});

test('functions are there again after a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-lambda-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await lambdaCloud(options);
  await first.create('users', 'export const handler = async () => "here";');
  expect((await first.invoke('users')).value).toBe('here');
  await first.close();
  await using second = await lambdaCloud(options);
  expect((await second.invoke('users')).value).toBe('here');
});

test('an event that was accepted is handled, also by the next run of the cloud', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-lambda-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const options = { ephemeral: false, dataFolder };
  const first = await lambdaCloud(options);
  const source = (failing: boolean) =>
    `export const handler = async (event) => { console.log('event ' + event.number); ${failing ? 'await new Promise(() => setTimeout(() => {}, 60_000));' : ''} };`;
  const logged = (cloud: { readonly events: readonly object[] }, text: string) =>
    cloud.events.some((event) => 'message' in event && String(event.message).includes(text));
  await first.create('users', source(true), { Timeout: 60 });
  const { StatusCode } = await first.client.send(
    new InvokeCommand({ FunctionName: 'users', InvocationType: 'Event', Payload: '{"number":1}' }),
  );
  expect(StatusCode).toBe(202);
  await expect.poll(() => logged(first, 'event 1')).toBe(true);
  await first.close();
  await using second = await lambdaCloud(options);
  await expect.poll(() => logged(second, 'event 1')).toBe(true);
});
