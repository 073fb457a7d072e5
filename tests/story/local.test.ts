import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Trial, type TrialOptions } from './trial.js';

const SOURCE = `import { App } from 'goblet';
export const app = new App('trial', { env: { TABLE: String } });
app.get('/', ({ env }) => ({ version: 1, table: env.TABLE }));
app.get('/throws', () => { throw new Error('thrown'); });
app.get('/exits', () => process.exit(7));
app.get('/later', () => { setTimeout(() => { throw new Error('later'); }, 1); return 'ok'; });
`;

const bound = { env: { TABLE: 't' } };
const trialOf = (name: string, source = SOURCE, options: TrialOptions = bound) => new Trial(name, source, options);

const json = async (url: string): Promise<Record<string, unknown>> => JSON.parse(await (await fetch(url)).text());

describe.concurrent('goblet local', { timeout: 30_000 }, () => {
  test('says which variable the environment lacks, and how to give it', async () => {
    await using trial = trialOf('unbound', SOURCE, {});
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toContain('needs TABLE');
    expect(trial.local.output).toContain('TABLE=… npx goblet local');
  });

  test('says that a port is taken, by whom, and which option names another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await using trial = trialOf('taken', SOURCE, { ...bound, args: ['--port', String(port)] });
    expect(await trial.local.exited()).toBe(1);
    taken.close();
    expect(trial.local.output).toContain(`port ${port}`);
    if (process.platform === 'linux') expect(trial.local.output).toContain(`(process ${process.pid})`);
    expect(trial.local.output).toContain('use --port with another port; 0 chooses a free one');
  });

  test('does not start an app that throws while it loads, and says where it threw', async () => {
    await using trial = trialOf('throws', `${SOURCE}throw new Error('at load');\n`);
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toContain('at load');
    expect(trial.local.output).toMatch(/app\.ts:7/);
  });

  test('takes an edit; one that does not build leaves the version before serving and says which line it is', async () => {
    await using trial = trialOf('edits');
    const base = await trial.base();
    expect(await json(base)).toEqual({ version: 1, table: 't' });
    trial.edit((source) => source.replace('version: 1', 'version: 2'));
    await trial.local.printed(/reloaded in/);
    expect(await json(base)).toEqual({ version: 2, table: 't' });
    trial.edit((source) => `${source}const = 3;\n`);
    await trial.local.printed(/not reloaded: .*app\.ts:7:7[\s\S]*keeps serving/);
    expect(await json(base)).toEqual({ version: 2, table: 't' });
    trial.edit((source) => source.replace('const = 3;', "throw new Error('in between');"));
    await trial.local.printed(/not reloaded: .*threw[\s\S]*in between/);
    expect(trial.local.output).not.toMatch(/evaluate[\\/]load-app/);
    trial.edit((source) =>
      source.replace(/throw new Error\('in between'\);\n/, '').replace('version: 2', 'version: 3'),
    );
    await trial.local.printed(/reloaded in[\s\S]*reloaded in/);
    expect(await json(base)).toEqual({ version: 3, table: 't' });
  });

  test('names the file and line of the source where a handler threw', async () => {
    await using trial = trialOf('stack');
    expect((await fetch(`${await trial.base()}/throws`)).status).toBe(500);
    await trial.local.printed(/\/stack\/app\.ts:4:/);
  });

  test('starts an app afresh that ends its process, without refusing a connection', async () => {
    await using trial = trialOf('exits');
    const base = await trial.base();
    expect((await fetch(`${base}/exits`)).status).toBe(500);
    await trial.local.printed(/ended its process \(exit status 7\)[\s\S]*started again/);
    expect(await json(base)).toEqual({ version: 1, table: 't' });
    expect(await (await fetch(`${base}/later`)).text()).toBe('ok');
    await trial.local.printed(/an uncaught exception\)[\s\S]*started again/);
    expect(await json(base)).toEqual({ version: 1, table: 't' });
  });

  test('takes an edit under load without dropping a request', async () => {
    await using trial = trialOf('load');
    const base = await trial.base();
    let asking = true;
    const seen = new Set<unknown>();
    const ask = async () => {
      while (asking) seen.add((await json(base)).version);
    };
    const clients = Array.from({ length: 8 }, ask);
    for (const version of [2, 3, 4]) {
      const reloads = new RegExp(`(reloaded in[\\s\\S]*){${version - 1}}`);
      trial.edit((source) => source.replace(/version: \d/, `version: ${version}`));
      await trial.local.printed(reloads);
    }
    expect(await json(base)).toMatchObject({ version: 4 });
    asking = false;
    await Promise.all(clients);
    expect([...seen]).toContain(1);
  });

  test('finds no app in the wrong folder, and says where it looked', async () => {
    await using trial = trialOf('wrong', SOURCE, { ...bound, args: ['--entry', 'nowhere.ts'] });
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toMatch(/GOBLET_BUILD_ENTRY_NOT_FOUND: .*nowhere\.ts/);
  });

  test('does not start an app without routes, and says where its sources can be tried', async () => {
    const source = `import { App, queue } from 'goblet';
export const app = new App('worker', { sources: { jobs: queue(String) } });
app.on('jobs', () => {});
`;
    await using trial = trialOf('sources', source);
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toMatch(/worker has no routes to serve, only jobs \(queue\); .*test client/);
  });

  test('says which sources it does not serve beside the routes', async () => {
    const source = `import { App, websocket } from 'goblet';
export const app = new App('both', { sources: { chat: websocket(String) } });
app.get('/', () => 'hello');
app.on('chat', () => {});
`;
    await using trial = trialOf('websocket', source);
    await trial.local.printed(/goblet local serves only routes, not chat \(websocket\); .*test client/);
    expect(await (await fetch(await trial.base())).text()).toBe('hello');
  });

  test('lets a function run into its timeout as Lambda does', async () => {
    const source = `import { App } from 'goblet';
export const app = new App('slow');
app.get('/', () => new Promise(() => {}));
`;
    await using trial = trialOf('timeout', source, { args: ['--port', '0', '--timeout', '0.2'] });
    const response = await fetch(await trial.base());
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
    await trial.local.printed(/Task timed out after 0\.20 seconds/);
  });

  test('sends a stream on as it comes', async () => {
    const source = `import { App } from 'goblet';
export const app = new App('streams');
let go = () => {};
app.get('/stream', { stream: true }, async function* () {
  yield 'first';
  await new Promise<void>((resolve) => { go = resolve; });
  yield 'second';
});
app.get('/go', () => { go(); return 'gone'; });
app.get('/fails', { stream: true }, () => { throw new Error('secret'); });
`;
    await using trial = trialOf('streams', source);
    const base = await trial.base();
    const { body } = await fetch(`${base}/stream`);
    const chunks = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await chunks?.read())?.value).toBe('first');
    await fetch(`${base}/go`);
    expect((await chunks?.read())?.value).toBe('second');
    expect((await chunks?.read())?.done).toBe(true);
    const failed = await fetch(`${base}/fails`);
    expect([failed.status, await failed.json()]).toMatchObject([500, { code: 'INTERNAL_SERVER_ERROR' }]);
  });

  test('prints what happens as JSON lines, with nothing else on standard output', async () => {
    await using trial = trialOf('json', `${SOURCE}app.get('/talks', () => { console.log('talking'); return 'ok'; });`, {
      ...bound,
      args: ['--port', '0', '--json'],
    });
    const [, url = ''] = await trial.local.printed(/"url":"([^"]+)"/);
    await fetch(`${url}/talks`);
    await trial.local.printed(/"kind":"request".*\n/);
    const events = trial.local.standardOutput
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([
      { kind: 'target', message: expect.stringContaining('http://127.0.0.1:1') },
      { kind: 'serving', name: 'trial', api: 'rest' },
      { kind: 'request', method: 'GET', path: '/talks', status: 200 },
    ]);
    expect(trial.local.output).toContain('talking');
  });

  test('Ctrl-C ends it with everything that it started', async () => {
    await using trial = trialOf('ends');
    await trial.base();
    trial.local.signal('SIGINT');
    expect(await trial.local.exited()).toBe(0);
    expect(trial.local.groupIsAlive()).toBe(false);
  });

  test('Ctrl-C ends it while the app loads, and a second one changes nothing', async () => {
    await using trial = trialOf('starts', `console.error('loading');\nawait new Promise(() => {});\n${SOURCE}`);
    await trial.local.printed(/loading/);
    trial.local.signal('SIGINT');
    trial.local.signal('SIGINT');
    await trial.local.exited();
    expect(trial.local.output).not.toMatch(/GOBLET_|at .*\d:\d/);
    expect(trial.local.groupIsAlive()).toBe(false);
  });

  test('tells which AWS the app calls in its first line, without colours', async () => {
    await using trial = trialOf('first');
    await trial.base();
    expect(trial.local.output.split('\n')[0]).toBe('AWS is the endpoint http://127.0.0.1:1 (AWS_ENDPOINT_URL)');
    expect(trial.local.hasColors).toBe(false);
  });
});
