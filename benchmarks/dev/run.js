#!/usr/bin/env node
// Measures goblet dev as a user has it: from the save of a file to the first answer that the saved code gives.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
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

/** `goblet dev` of one stack, with an event for each line that it tells. */
async function startDev(stack) {
  const args = ['dev', stack, '--port', '0', '--json', '--data', join(folder, `.goblet-${stack}`)];
  const child = spawn(process.execPath, [GOBLET, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  const events = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      // What comes later is read and dropped.
      if (printed.includes('"kind":"watching"')) return;
      printed += text;
      if (!printed.includes('"kind":"watching"')) return;
      resolve(printed.trim().split('\n').map(JSON.parse));
    });
    child.once('exit', () => reject(new Error(`goblet dev ${stack} ended:\n${printed}`)));
  });
  const [url] = Object.values(events.find(({ kind }) => kind === 'deployed').urls);
  const stop = async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { url, stop };
}

/** Asks one request after the other until the answer is that of the edit; gives milliseconds since the save. */
async function editToAnswered(url, edit) {
  const source = readFileSync(APP, 'utf8');
  const edited = source.replace(/new NotFound\([^)]*\)/, `new NotFound('${edit}')`);
  if (edited === source) throw new Error('nothing was edited');
  const saved = performance.now();
  writeFileSync(APP, edited);
  for (;;) {
    const response = await fetch(`${url}users/nobody`);
    const { detail } = await response.json();
    if (response.status !== 404) throw new Error(`GET /users/nobody answered ${response.status} ${detail}`);
    if (detail === edit) return performance.now() - saved;
    if (performance.now() - saved > 30_000) throw new Error(`the edit was not answered: ${detail}`);
  }
}

async function measure(stack) {
  const { url, stop } = await startDev(stack);
  try {
    const times = [];
    await editToAnswered(url, `${stack} warm`);
    for (let i = 0; i < Number(given.edits); i++) {
      // As long as it takes to read an answer and to type.
      await pause(1_500);
      times.push(await editToAnswered(url, `${stack} ${i}`));
    }
    return { median: median(times), least: times[0], most: times.at(-1) };
  } finally {
    await stop();
  }
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
try {
  copyProject();
  for (const [stack, what, budget] of [
    ['Bundled', 'the SDK in the bundle', 300],
    ['NotBundled', "the runtime's SDK", 150],
  ]) {
    const { median: ms, least, most } = await measure(stack);
    const rest = `${Math.round(least)} to ${Math.round(most)}, load average ${loadavg()[0].toFixed(2)}`;
    console.log(`edit to answered, ${what}: ${Math.round(ms)} ms (at most ${budget}), ${rest}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
