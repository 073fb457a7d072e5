import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { buildBundle, takeInventory, writeBundle } from '@goblet/build';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { plainEnvironment, root } from '../processes/commands.js';

const BOOTSTRAP = join(root, 'packages', 'cloud', 'dist', 'runtime', 'bootstrap', 'main.js');
const folder = join(root, '.story', `function-start-${process.pid}`);
const starts = join(folder, 'starts');
const deployed = join(folder, 'deployed');

// The first start fails, as when a table is not there yet.
const APP = `
import { appendFileSync, readFileSync } from 'node:fs';
import { App } from 'goblet';
export const app = new App('starts', {
  env: { STARTS: String, LATER: Boolean, SIZE: Number },
  setup: ({ env, signal }) => {
    appendFileSync(env.STARTS, 'x');
    signal.addEventListener('abort', () => process.stdout.write('aborted\\n'));
    const n = readFileSync(env.STARTS).length;
    const failing = () => {
      if (n === 1) throw new Error('no table yet');
      return { n };
    };
    return env.LATER ? new Promise((resolve) => setImmediate(resolve)).then(failing) : failing();
  },
  teardown: ({ n }) => void process.stdout.write('torn down ' + n + '\\n'),
});
app.get('/', ({ deps, log }) => {
  log.info('answering');
  console.log('from the console');
  return deps;
});
`;

const event = { resource: '/', path: '/', httpMethod: 'GET', requestContext: {} };

/** A container of the function on the runtime that the local cloud has, and a Runtime API of two events at most. */
function container(variables: Record<string, string>) {
  const said: { readonly path: string; readonly body: string }[] = [];
  let events = 0;
  const api = createServer(async (request: IncomingMessage, response) => {
    const path = request.url?.replace(/^.*\/runtime\//, '') ?? '';
    const body = await text(request);
    said.push({ path, body });
    if (path === 'invocation/next') {
      // The second poll waits, as Lambda lets it.
      if (events++) return;
      const headers = {
        'Lambda-Runtime-Aws-Request-Id': 'r-1',
        'Lambda-Runtime-Deadline-Ms': String(Date.now() + 10_000),
        'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:000000000000:function:APIHandler',
      };
      response.writeHead(200, headers).end(JSON.stringify(event));
      return;
    }
    if (path.endsWith('/response')) api.emit('answered', body);
    response.writeHead(202).end();
  });
  const answered = once(api, 'answered').then(([body]) => String(body));
  const child = spawn(process.execPath, [BOOTSTRAP], {
    cwd: deployed,
    env: {
      PATH: plainEnvironment.PATH,
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1/token',
      LAMBDA_TASK_ROOT: deployed,
      _HANDLER: 'index.APIHandler',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const pipe = child.stdio[4];
  const { stdout } = child;
  if (!(pipe instanceof Duplex) || !stdout) throw new Error('the Runtime API has no pipe');
  api.emit('connection', pipe);
  const exit = once(child, 'exit').then(([code]) => code as number);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
    api.close();
  });
  return { child, said, answered, exit, output: text(stdout) };
}

const variables = (more: object = {}) => ({ STARTS: starts, LATER: 'false', SIZE: '1', ...more });

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'app.ts'), APP);
  const { inventory, entry } = await takeInventory({ directory: folder, onOutput: () => {} });
  writeBundle(await buildBundle({ inventory, entry }), deployed);
});

beforeEach(() => rmSync(starts, { force: true }));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('taking the inventory and bundling do not run setup', () => {
  expect(existsSync(join(deployed, 'index.mjs'))).toBe(true);
  expect(existsSync(starts)).toBe(false);
});

describe.each([
  ['throws', 'false'],
  ['rejects', 'true'],
])('a setup that %s', (_how, LATER) => {
  test('is an init error that takes no event, and the next container tries anew', async () => {
    const first = container(variables({ LATER }));
    expect(await first.exit).not.toBe(0);
    expect(first.said.map(({ path }) => path)).toEqual(['init/error']);
    expect(JSON.parse(first.said[0]?.body ?? '')).toMatchObject({ errorType: 'Error', errorMessage: 'no table yet' });
    expect(await first.output).toContain('aborted');

    const second = container(variables({ LATER }));
    expect(JSON.parse(await second.answered)).toMatchObject({ statusCode: 200, body: '{"n":2}' });
    expect(readFileSync(starts, 'utf8')).toBe('xx');
  });
});

test('wrong variables are an init error that names them all and shows none', async () => {
  const wrong = container({ STARTS: starts, LATER: 'hunter2', SIZE: 'hunter2' });
  await wrong.exit;
  expect(JSON.parse(wrong.said[0]?.body ?? '')).toMatchObject({
    errorMessage: 'GOBLET_ENV: LATER is neither true nor false. SIZE is not a number',
  });
  expect(wrong.said[0]?.body).not.toContain('hunter2');
  expect(existsSync(starts)).toBe(false);
});

test('SIGTERM runs teardown with what setup made, and a line of the log is a line of JSON', async () => {
  writeFileSync(starts, 'x');
  const running = container(variables());
  await running.answered;
  running.child.kill('SIGTERM');
  expect(await running.exit).toBe(0);
  const lines = (await running.output).trim().split('\n');
  expect(lines.slice(-2)).toEqual(['aborted', 'torn down 2']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    message: 'answering',
    requestId: 'r-1',
    route: 'GET /',
  });
});
