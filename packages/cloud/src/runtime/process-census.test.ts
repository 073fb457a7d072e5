import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { lives } from './fixtures/lives.js';
import { poolOf } from './fixtures/pool-of.js';
import { procFile } from './proc-file.js';
import { ProcessReaper } from './process-reaper.js';
import { psTable, readProcess, readProcesses } from './process-table.js';

const linux = process.platform === 'linux';

function sleeper(options: { readonly env?: Record<string, string> } = {}): ChildProcess & { readonly pid: number } {
  const child = spawn('sleep', ['600'], { stdio: 'ignore', detached: true, ...options });
  const { pid } = child;
  if (pid === undefined) throw new Error('sleep did not start');
  onTestFinished(() => void child.kill('SIGKILL'));
  return Object.assign(child, { pid });
}

const CHILDREN = `
  const { spawn } = require('node:child_process');
  const children = {
    own: () => spawn('sleep', ['600'], { stdio: 'ignore' }),
    detached: () => spawn('sleep', ['600'], { stdio: 'ignore', detached: true }),
    bare: () => spawn('sleep', ['600'], { stdio: 'ignore', detached: true, env: {} }),
  };
  exports.handler = async ({ kind, next }) => {
    const child = children[kind]();
    child.unref();
    const answer = { self: process.pid, child: child.pid };
    if (next === 'exit') setTimeout(() => process.exit(1), 1500);
    if (next === 'spin') { console.log(JSON.stringify(answer)); for (;;); }
    return answer;
  };`;

test.runIf(linux).each(['own', 'detached', 'bare'])('a child ends with its environment (%s)', async (kind) => {
  const { invoke, pool } = await poolOf(CHILDREN);
  const { self, child } = (await invoke({ kind })) as { self: number; child: number };
  expect([lives(self), lives(child)]).toEqual([true, true]);
  await pool.close();
  expect([lives(self), lives(child)]).toEqual([false, false]);
});

test.runIf(linux)('a process whose parents have all ended still ends with its environment', async () => {
  const { invoke, pool } = await poolOf(`
    const { execFileSync } = require('node:child_process');
    exports.handler = async () =>
      Number(execFileSync('sh', ['-c', 'setsid sh -c \\'sleep 600 >/dev/null 2>&1 & echo $!\\'']).toString());`);
  const orphan = Number(await invoke());
  expect(lives(orphan)).toBe(true);
  await pool.close();
  expect(lives(orphan)).toBe(false);
});

test.runIf(linux)('a child ends with a function that is over its time', async () => {
  const { outcome, lines } = await poolOf(CHILDREN, { timeout: 1 });
  const { value } = await outcome({ kind: 'detached', next: 'spin' });
  expect(value).toMatchObject({ errorType: 'Sandbox.Timedout' });
  const { child } = JSON.parse(
    lines
      .find((line) => line.includes('"child"'))
      ?.split('\t')
      .at(-1) ?? '',
  ) as {
    child: number;
  };
  await expect.poll(() => lives(child)).toBe(false);
});

test.runIf(linux)('a child ends with a function that ends itself', async () => {
  const { invoke } = await poolOf(CHILDREN);
  const { child } = (await invoke({ kind: 'detached', next: 'exit' })) as { child: number };
  expect(lives(child)).toBe(true);
  await expect.poll(() => lives(child), { timeout: 10_000 }).toBe(false);
});

test.runIf(linux)('a process of somebody else is left alone, whatever its environment says', async () => {
  const stranger = sleeper({ env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:1/${'0'.repeat(48)}`, PATH: '/usr/bin:/bin' } });
  const { invoke, fleet } = await poolOf(CHILDREN);
  await invoke({ kind: 'detached' });
  await fleet.close();
  expect(lives(stranger.pid)).toBe(true);
});

test.runIf(linux)('the reaper ends what it was told, and what bears the mark', async () => {
  const reaper = new ProcessReaper('GOBLET_TEST=marked');
  const known = sleeper();
  const marked = sleeper({ env: { GOBLET_TEST: 'marked-1', PATH: '/usr/bin:/bin' } });
  const other = sleeper({ env: { GOBLET_TEST: 'another', PATH: '/usr/bin:/bin' } });
  reaper.watch({ pid: known.pid, started: readProcess(known.pid)?.started ?? '' });
  reaper.close();
  await Promise.all([once(known, 'exit'), once(marked, 'exit')]);
  expect(lives(other.pid)).toBe(true);
});

test.runIf(linux)('the reaper leaves a process alone that was given the number of one that it was told', async () => {
  const reaper = new ProcessReaper('GOBLET_TEST=none');
  const reused = sleeper();
  const known = sleeper();
  reaper.watch({ pid: reused.pid, started: '1' });
  reaper.watch({ pid: known.pid, started: readProcess(known.pid)?.started ?? '' });
  reaper.close();
  await once(known, 'exit');
  expect(lives(reused.pid)).toBe(true);
});

test.runIf(linux)('a reaper that was killed is replaced by one that knows as much', async () => {
  const mark = `GOBLET_TEST=${process.hrtime.bigint()}`;
  const reaper = new ProcessReaper(mark);
  const known = sleeper();
  reaper.watch({ pid: known.pid, started: readProcess(known.pid)?.started ?? '' });
  const shell = async () =>
    (await readProcesses())?.pids.find((pid) => procFile(`/proc/${pid}/cmdline`)?.includes(`goblet-reaper\0${mark}`));
  await expect.poll(shell).toBeDefined();
  const first = await shell();
  process.kill(first ?? 0, 'SIGKILL');
  await expect.poll(async () => ![undefined, first].includes(await shell())).toBe(true);
  expect(lives(known.pid)).toBe(true);
  reaper.close();
  await once(known, 'exit');
});

test.runIf(linux)('what ps says of a process is what /proc says', async () => {
  const { pid } = sleeper();
  const [proc, ps] = [await readProcesses(), await psTable()];
  const entry = proc?.entry(pid);
  expect(ps?.entry(pid)).toEqual({ ...entry, session: 0, started: expect.stringMatching(/\d\d:\d\d:\d\d/) });
  expect(entry).toMatchObject({ parent: process.pid, group: pid, session: pid, ended: false });
  const memory = ps?.memory(process.pid);
  expect((memory?.held ?? 0) + (memory?.files ?? 0)).toBeGreaterThan(20_000_000);
});
