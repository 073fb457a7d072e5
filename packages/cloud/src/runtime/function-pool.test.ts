import { expect, test } from 'vitest';
import { lives } from './fixtures/lives.js';
import { poolOf } from './fixtures/pool-of.js';
import { Fleet } from './fleet.js';
import { FunctionPool } from './function-pool.js';

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
  const { invoke } = await poolOf(PID, {}, { limit: 1 });
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

test('an environment that has not been needed ends where there is another one', async () => {
  const { invoke } = await poolOf(PID, {}, { idleLimits: { surplus: 300, last: 600_000 } });
  const pids = (await Promise.all([invoke(1000), invoke(1000)])).map(Number);
  expect(new Set(pids).size).toBe(2);
  await expect.poll(() => pids.filter(lives).length, { timeout: 5000 }).toBe(1);
  expect(pids).toContain(await invoke(0));
});

test('the last environment of a function is kept for longer', async () => {
  const { invoke } = await poolOf(PID, {}, { idleLimits: { surplus: 0, last: 300 } });
  const pid = Number(await invoke(0));
  await expect.poll(() => lives(pid), { timeout: 5000 }).toBe(false);
});

/** Sends an answer past the bootstrap, with any header. */
const ANSWER = `
  const { request } = require('node:http');
  const answer = ({ awsRequestId }, headers) => new Promise((resolve) => {
    const [host, token] = process.env.AWS_LAMBDA_RUNTIME_API.split('/');
    const url = 'http://' + host + '/' + token + '/2018-06-01/runtime/invocation/' + awsRequestId + '/response';
    request(url, { method: 'POST', headers }, (response) => response.resume().on('end', resolve)).end('"answered"');
  });`;

test.each(['999999999', 'Infinity', 'junk'])(
  'a function that says a false length of its log (%s) holds up nobody',
  async (bytes) => {
    const { outcome } = await poolOf(`${ANSWER}
    exports.handler = async (event, context) => {
      console.log('a line');
      await answer(context, { 'Goblet-Log-Bytes': '${bytes}' });
    };`);
    const started = performance.now();
    const { value, tail } = await outcome();
    expect(value).toBe('answered');
    expect(tail).toContain('a line');
    expect(performance.now() - started).toBeLessThan(5000);
  },
);

test('what a function writes into the pipe of its log is log, whatever length it says', async () => {
  const { outcome, lines } = await poolOf(`
    exports.handler = async () => {
      const head = Buffer.alloc(12);
      head.writeUInt32BE(0xffffffff, 0);
      require('node:fs').writeSync(3, head);
      for (let i = 0; i < 100; i++) console.log('x'.repeat(10_000));
      return 'answered';
    };`);
  const { value } = await outcome();
  expect(value).toBe('answered');
  await expect.poll(() => lines.join('').length).toBeGreaterThan(500_000);
});

test('an environment that has answered and never asks for the next event is ended when its time is over', async () => {
  const source = `${ANSWER} exports.handler = async (event, context) => { await answer(context, {}); console.log(process.pid); for (;;); };`;
  const { invoke, lines } = await poolOf(source, { timeout: 1 });
  expect(await invoke()).toBe('answered');
  await expect.poll(() => lines.find((line) => line.includes('INFO'))).toBeDefined();
  const pid = Number(
    lines
      .find((line) => line.includes('INFO'))
      ?.split('\t')
      .at(-1),
  );
  await expect.poll(() => lives(pid), { timeout: 5000 }).toBe(false);
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
