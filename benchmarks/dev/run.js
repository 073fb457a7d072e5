#!/usr/bin/env node
// Measures goblet dev as a user has it: from the save of a file to the first answer that the saved code gives.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({ options: { edits: { type: 'string', default: '15' } } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const GOBLET = join(root, 'packages/goblet/bin/goblet.js');
// Within the workspace, so that its packages are found.
const folder = join(root, '.story', `bench-dev-${process.pid}`);
const APP = join(folder, 'web-api/app.ts');
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function copyProject() {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/users-service/web-api'), join(folder, 'web-api'), {
    recursive: true,
    filter: (path) => !/(node_modules|dist|test\.ts)$/.test(path),
  });
  cpSync(fileURLToPath(new URL('infra.js', import.meta.url)), join(folder, 'infra.mjs'));
  writeFileSync(join(folder, 'cdk.json'), '{ "app": "node infra.mjs", "versionReporting": false }');
}

/** `goblet dev` of one stack, and how to await the next of what it tells. */
async function startDev(stack) {
  const args = ['dev', stack, '--port', '0', '--json', '--data', join(folder, `.goblet-${stack}`)];
  const child = spawn(process.execPath, [GOBLET, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const waiting = new Map();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    waiting.get(event.kind)?.(event);
  });
  const next = (kind) =>
    new Promise((resolve, reject) => {
      waiting.set(kind, resolve);
      child.once('exit', () => reject(new Error(`goblet dev ${stack} ended`)));
      waiting.set('notUpdated', ({ message }) => reject(new Error(message)));
    });
  child.setMaxListeners(100);
  const watching = next('watching');
  const [url] = Object.values((await next('deployed')).urls);
  await watching;
  const stop = async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { url, next, stop };
}

/**
 * Saves an edit, and asks when its code is said to be there: the first answer has to be that of the edit.
 * Gives milliseconds from the save to the answer, and how many of them until it is there.
 */
async function editToAnswered({ url, next }, edit) {
  const source = readFileSync(APP, 'utf8');
  const edited = source.replace(/new NotFound\([^)]*\)/, `new NotFound('${edit}')`);
  if (edited === source) throw new Error('nothing was edited');
  const updated = next('updated');
  const saved = performance.now();
  writeFileSync(APP, edited);
  await updated;
  const there = performance.now() - saved;
  const response = await fetch(`${url}users/nobody`);
  const { detail } = await response.json();
  const answered = performance.now() - saved;
  if (response.status !== 404 || detail !== edit) throw new Error(`answered ${response.status} ${detail}, not ${edit}`);
  return { there, answered };
}

async function measure(stack) {
  const dev = await startDev(stack);
  try {
    const times = [];
    await editToAnswered(dev, `${stack} warm`);
    for (let i = 0; i < Number(given.edits); i++) {
      // As long as it takes to read an answer and to type.
      await pause(1_500);
      times.push(await editToAnswered(dev, `${stack} ${i}`));
    }
    const answered = times.map((one) => one.answered).sort((a, b) => a - b);
    return { there: median(times.map((one) => one.there)), median: median(answered), least: answered[0] };
  } finally {
    await dev.stop();
  }
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
try {
  copyProject();
  for (const [stack, what, budget] of [
    ['Bundled', 'the SDK in the bundle', 300],
    ['NotBundled', "the runtime's SDK", 150],
  ]) {
    const { there, median: ms, least } = await measure(stack);
    const rest = `of them ${Math.round(there)} until its code is there, at least ${Math.round(least)}`;
    console.log(
      `edit to answered, ${what}: ${Math.round(ms)} ms (at most ${budget}), ${rest}, load average ${loadavg()[0].toFixed(2)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
