import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { randomId } from '../core/random-id.js';
import type { EnvironmentImage } from './environment.js';
import { Fleet } from './fleet.js';
import { FunctionPool } from './function-pool.js';

async function poolOf(source: string, image: Partial<EnvironmentImage> = {}, limit?: number) {
  const taskRoot = await mkdtemp(join(tmpdir(), 'goblet-pool-'));
  await writeFile(join(taskRoot, 'index.cjs'), source);
  const fleet = new Fleet(limit);
  onTestFinished(async () => {
    await fleet.close();
    await rm(taskRoot, { recursive: true, force: true });
  });
  let images = 0;
  const pool = new FunctionPool(fleet, {
    image: async () => {
      images++;
      return {
        version: '$LATEST',
        memorySize: 128,
        timeout: 10,
        taskRoot,
        variables: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: taskRoot },
        expiration: Date.now() + 3_600_000,
        jsonLog: false,
        ...image,
      };
    },
    openLog: () => ({ write: () => {}, end: () => {} }),
  });
  const invoke = async (event: unknown = {}): Promise<unknown> => {
    const payload = Buffer.from(JSON.stringify(event));
    const result = await pool.invoke({ requestId: randomId.uuid(), payload, invokedArn: 'arn', traceId: 'trace' });
    if (result.kind === 'stream') throw new Error('no stream was expected');
    return JSON.parse(Buffer.from(result.payload).toString());
  };
  return { pool, invoke, images: () => images };
}

const PID =
  'exports.handler = async (wait) => { await new Promise((done) => setTimeout(done, wait)); return process.pid; };';

test('events at once get an environment each, one event at a time', async () => {
  const { invoke } = await poolOf(`
    let running = 0;
    exports.handler = async () => {
      const together = ++running;
      await new Promise((done) => setTimeout(done, 1500));
      running--;
      return [process.pid, together];
    };`);
  const answers = (await Promise.all([1, 2, 3, 4].map(() => invoke()))) as [number, number][];
  expect(new Set(answers.map(([pid]) => pid)).size).toBe(4);
  expect(answers.map(([, together]) => together)).toEqual([1, 1, 1, 1]);
});

test('short events share the environments that are there', async () => {
  const { invoke, images } = await poolOf(PID);
  await invoke(0);
  await Promise.all(Array.from({ length: 100 }, () => invoke(0)));
  expect(images()).toBeLessThan(10);
});

test('the environment used last is used next', async () => {
  const { invoke } = await poolOf(PID);
  await Promise.all([invoke(1000), invoke(1000)]);
  const pids = [];
  for (let i = 0; i < 5; i++) pids.push(await invoke(0));
  expect(new Set(pids).size).toBe(1);
});

test('an environment whose credentials end soon is replaced before it gets an event', async () => {
  const { invoke, images } = await poolOf(PID, { expiration: Date.now() + 65_000 });
  const first = await invoke(0);
  expect(await invoke(0)).not.toBe(first);
  expect(images()).toBe(2);
});

test('where the machine runs all the processes that it should, events wait', async () => {
  const { invoke } = await poolOf(PID, {}, 1);
  const pids = await Promise.all([invoke(300), invoke(300)]);
  expect(new Set(pids).size).toBe(1);
});

test('a retired pool answers what it has taken and ends its environments', async () => {
  const { pool, invoke } = await poolOf(PID);
  const answer = invoke(200);
  pool.retire();
  const pid = Number(await answer);
  await expect
    .poll(() => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    })
    .toBe(false);
});

test('nothing is started any more once the fleet is closed', async () => {
  const fleet = new Fleet();
  const pool = new FunctionPool(fleet, {
    image: async () => {
      await fleet.close();
      return {
        version: '1',
        memorySize: 128,
        timeout: 3,
        taskRoot: '/',
        variables: {},
        expiration: Infinity,
        jsonLog: false,
      };
    },
    openLog: () => ({ write: () => {}, end: () => {} }),
  });
  const invocation = { requestId: 'one', payload: Buffer.from('{}'), invokedArn: 'arn', traceId: 'trace' };
  await expect(pool.invoke(invocation)).rejects.toThrow('the cloud is stopping');
});

test('an image that can not be made is the caller’s error', async () => {
  const pool = new FunctionPool(new Fleet(), {
    image: async () => {
      throw new TypeError('no image');
    },
    openLog: () => ({ write: () => {}, end: () => {} }),
  });
  const invocation = { requestId: 'one', payload: Buffer.from('{}'), invokedArn: 'arn', traceId: 'trace' };
  await expect(Promise.all([pool.invoke(invocation), pool.invoke(invocation)])).rejects.toThrow('no image');
});
