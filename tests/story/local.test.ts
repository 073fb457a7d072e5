import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';

const parent = join(root, '.story', `local-${process.pid}`);
const SOURCE = `import { App } from 'goblet';
export const app = new App('trial', { env: { TABLE: String } });
app.get('/', ({ env }) => ({ version: 1, table: env.TABLE }));
app.get('/throws', () => { throw new Error('thrown'); });
app.get('/exits', () => process.exit(7));
app.get('/later', () => { setTimeout(() => { throw new Error('later'); }, 1); return 'ok'; });
`;

/** `goblet local` on an app of its own, which a test may edit. */
class Trial implements AsyncDisposable {
  readonly file: string;
  readonly local: RunningProcess;

  constructor(name: string, source = SOURCE, port = 0, env: Readonly<Record<string, string>> = { TABLE: 't' }) {
    const folder = join(parent, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "trial", "type": "module", "private": true }');
    this.file = join(folder, 'app.ts');
    writeFileSync(this.file, source);
    this.local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', String(port)], {
      cwd: folder,
      env: { ...plainEnvironment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', ...env },
    });
  }

  async base(): Promise<string> {
    const [, base = ''] = await this.local.printed(/serving on (http:\S+)/);
    return base;
  }

  edit(change: (source: string) => string): void {
    writeFileSync(this.file, change(readFileSync(this.file, 'utf8')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.local[Symbol.asyncDispose]();
  }
}

const json = async (url: string) => (await fetch(url)).json();

afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe.concurrent('goblet local', { timeout: 30_000 }, () => {
  test('says which variable the environment lacks, and how to give it', async () => {
    await using trial = new Trial('unbound', SOURCE, 0, {});
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toContain('needs TABLE');
    expect(trial.local.output).toContain('TABLE=… npx goblet local');
  });

  test('says that a port is taken, and which option names another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await using trial = new Trial('taken', SOURCE, port);
    expect(await trial.local.exited()).toBe(1);
    taken.close();
    expect(trial.local.output).toContain(`port ${port}`);
    expect(trial.local.output).toContain('--port');
  });

  test('does not start an app that throws while it loads, and says where it threw', async () => {
    await using trial = new Trial('throws', `${SOURCE}throw new Error('at load');\n`);
    expect(await trial.local.exited()).toBe(1);
    expect(trial.local.output).toContain('at load');
    expect(trial.local.output).toMatch(/app\.ts:7/);
  });

  test('takes an edit; one that does not build leaves the version before serving and says which line it is', async () => {
    await using trial = new Trial('edits');
    const base = await trial.base();
    expect(await json(base)).toEqual({ version: 1, table: 't' });
    trial.edit((source) => source.replace('version: 1', 'version: 2'));
    await trial.local.printed(/reloaded in/);
    expect(await json(base)).toEqual({ version: 2, table: 't' });
    trial.edit((source) => `${source}const = 3;\n`);
    await trial.local.printed(/not reloaded: .*app\.ts:7:7[\s\S]*goes on serving/);
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
    await using trial = new Trial('stack');
    expect((await fetch(`${await trial.base()}/throws`)).status).toBe(500);
    await trial.local.printed(/\/stack\/app\.ts:4:/);
  });

  test('starts an app afresh that ends its process, without refusing a connection', async () => {
    await using trial = new Trial('exits');
    const base = await trial.base();
    expect((await fetch(`${base}/exits`)).status).toBe(500);
    await trial.local.printed(/ended its process \(exit status 7\)[\s\S]*started again/);
    expect(await json(base)).toEqual({ version: 1, table: 't' });
    expect(await (await fetch(`${base}/later`)).text()).toBe('ok');
    await trial.local.printed(/an uncaught exception\)[\s\S]*started again/);
    expect(await json(base)).toEqual({ version: 1, table: 't' });
  });

  test('Ctrl-C ends it with everything that it started', async () => {
    await using trial = new Trial('ends');
    await trial.base();
    trial.local.signal('SIGINT');
    expect(await trial.local.exited()).toBe(0);
    expect(trial.local.groupIsAlive()).toBe(false);
  });
});
