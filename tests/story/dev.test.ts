import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';
import { Project } from './project.js';
import { send } from './users-client.js';

/** `goblet dev` on a copy of the users service. */
class Session implements AsyncDisposable {
  readonly project: Project;
  readonly dev: RunningProcess;

  constructor(name: string, { args = ['WebApiDev', '--port', '0'], prepare = (_project: Project) => {} } = {}) {
    this.project = new Project(`dev-${name}`);
    prepare(this.project);
    this.dev = RunningProcess.start(process.execPath, [GOBLET, 'dev', ...args], {
      cwd: this.project.infra,
      env: plainEnvironment,
    });
  }

  /** Where the API answers. */
  async url(): Promise<string> {
    await this.dev.printed(/watching web-api/);
    const [, url = ''] = await this.dev.printed(/WebApiDev\.EndpointURL (http:\S+)/);
    return url;
  }

  /** Resolves when something more than what is printed already is printed so many times. */
  async more(pattern: RegExp): Promise<string> {
    const count = [...this.dev.output.matchAll(new RegExp(pattern, 'g'))].length;
    const [text] = await this.dev.printed(new RegExp(`(?:${pattern.source}[\\s\\S]*?){${count + 1}}`));
    return text;
  }

  /** Edits a file, and resolves when what is to come of it is printed. */
  async edit(file: string, what: string | RegExp, replacement: string, printed: RegExp): Promise<string> {
    const told = this.more(printed);
    this.project.edit(file, what, replacement);
    return told;
  }

  /** Whatever runs with the project's folder among its arguments. */
  processes(): string[] {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.includes(this.project.folder) && !line.startsWith('Z'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dev[Symbol.asyncDispose]();
    await this.project[Symbol.asyncDispose]();
  }
}

const body = async (url: string) => (await fetch(url)).text();

describe('goblet dev', () => {
  test('deploys, answers an edited handler, keeps the version before an error, deploys a new route, and leaves nothing', async () => {
    await using session = new Session('loop');
    const { project, dev } = session;
    const url = await session.url();
    expect((await send('GET', `${url}users/ann`)).status).toBe(404);

    await session.edit(
      'web-api/app.ts',
      'new NotFound(params.username)',
      "new NotFound('edited')",
      /updated web-api in/,
    );
    expect(await body(`${url}users/ann`)).toContain('edited');

    const refused = await session.edit('web-api/app.ts', /$/, 'const = 3;', /not updated/);
    expect(refused).toContain('not updated');
    expect(dev.output).toMatch(/app\.ts:\d+:7/);
    expect(await body(`${url}users/ann`)).toContain('edited');

    await session.edit('web-api/app.ts', 'const = 3;', "throw new Error('while it loads');", /while it loads/);
    expect(await body(`${url}users/ann`)).toContain('edited');

    const route = "app.get('/hello', () => ({ hello: 'new' }));";
    await session.edit('web-api/app.ts', "throw new Error('while it loads');", route, /deployed in/);
    expect(dev.output).toContain('web-api has other routes or needs');
    expect(await body(`${url}hello`)).toBe('{"hello":"new"}');

    await session.edit('web-api/app.ts', "hello: 'new'", "hello: 'newer'", /updated web-api in/);
    expect(await body(`${url}hello`)).toBe('{"hello":"newer"}');
    await dev.printed(/200 GET \/hello/);

    dev.signal('SIGINT');
    expect(await dev.exited()).toBe(0);
    expect(session.processes()).toEqual([]);
    expect(dev.hasColors).toBe(false);
    expect(project.read('.goblet/dev/outputs.json')).toContain('EndpointURL');
  });

  test('deploys what changes in the CDK project; what synth or IAM refuses is shown, and what was there goes on', async () => {
    await using session = new Session('cdk');
    const url = await session.url();
    await session.edit('infra/web-api.ts', /DYNAMODB_TABLE_NAME:/, 'DYNAMODB_TABLE:', /not deployed/);
    expect(session.dev.output).toMatch(/GOBLET_CDK_\w+.*DYNAMODB_TABLE/);
    expect((await send('GET', `${url}users/ann`)).status).toBe(404);
    await session.edit('infra/web-api.ts', /DYNAMODB_TABLE:/, 'DYNAMODB_TABLE_NAME:', /deployed in/);
    const grants = /[^\n]*grants?\.?\w*\([^\n]*\n/;
    await session.edit('infra/web-api.ts', grants, '\n', /deployed in/);
    expect((await send('GET', `${url}users/ann`)).status).toBe(500);
    await session.dev.printed(/access denied {2}dynamodb:\w+[\s\S]*allow +\{"Effect":"Allow"/);
  });

  test('gives functions their code again that they lost behind its back, and tells programs by JSON lines', async () => {
    await using project = new Project('dev-json');
    const cloud = await project.startCloud();
    const dev = () =>
      RunningProcess.start(process.execPath, [GOBLET, 'dev', 'WebApiDev', '--json'], {
        cwd: project.infra,
        env: plainEnvironment,
      });
    const first = dev();
    await first.printed(/"kind":"watching"/);
    project.edit('web-api/app.ts', 'new NotFound(params.username)', "new NotFound('edited')");
    await first.printed(/"kind":"updated"/);
    first.signal('SIGINT');
    expect(await first.exited()).toBe(0);
    const events: { kind: string; urls?: Record<string, string> }[] = first.standardOutput
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(events.map(({ kind }) => kind))).toEqual(
      new Set(['usingCloud', 'deploying', 'cdk', 'deployed', 'watching', 'updated']),
    );
    const url = events.find(({ kind }) => kind === 'deployed')?.urls?.['WebApiDev.EndpointURL'];
    expect(await body(`${url}users/ann`)).toContain('edited');

    // CloudFormation knows of the first code alone, and has nothing to change.
    project.edit('web-api/app.ts', "new NotFound('edited')", 'new NotFound(params.username)');
    const second = dev();
    await second.printed(/"kind":"watching"/);
    expect(second.output).toContain('no changes');
    expect(await body(`${url}users/ann`)).not.toContain('edited');
    second.signal('SIGINT');
    await second.exited();
    expect(cloud.groupIsAlive()).toBe(true);
  });

  test('ends cdk, and what cdk started, where it is told to end while it deploys', async () => {
    await using session = new Session('ended');
    await session.dev.printed(/cdk deploy WebApiDev/);
    // Not by the terminal, which would tell the whole group.
    process.kill(session.dev.pid, 'SIGTERM');
    await session.dev.exited();
    expect(session.processes()).toEqual([]);
  });

  test('names the stacks where there are several and none is named', async () => {
    await using session = new Session('stacks', { args: ['--port', '0'] });
    expect(await session.dev.exited()).toBe(1);
    expect(session.dev.output).toMatch(
      /GOBLET_CLI_STACKS: .*WebApiDev, WebApiProdEuWest1, WebApiProdUsEast1; name the stacks to deploy, .* --all/,
    );
    expect(session.processes()).toEqual([]);
  });

  test('ends with what cdk says where nothing was deployed before', async () => {
    await using session = new Session('broken', {
      prepare: (project) => project.append('web-api/app.ts', 'const = 3;'),
    });
    expect(await session.dev.exited()).toBe(1);
    expect(session.dev.output).toMatch(/app\.ts:\d+:7[\s\S]*GOBLET_CLI_DEPLOY: cdk deploy WebApiDev failed/);
  });

  test('says that the port is taken, and which option names another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await using session = new Session('taken', { args: ['WebApiDev', '--port', String(port)] });
    expect(await session.dev.exited()).toBe(1);
    taken.close();
    expect(session.dev.output).toMatch(new RegExp(`GOBLET_CLOUD_PORT_TAKEN: .*${port}`));
  });

  test('says what is missing where there is no cdk.json, and where aws-cdk is not installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goblet-dev-'));
    const dev = () => run(process.execPath, [GOBLET, 'dev'], { cwd: folder, env: plainEnvironment });
    const none = await dev();
    expect(none).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^GOBLET_CLI_NO_CDK_PROJECT: there is no cdk\.json in .*--app$/m),
    });
    writeFileSync(join(folder, 'cdk.json'), '{ "app": "node app.js" }');
    expect(await dev()).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^GOBLET_CLI_NO_CDK: .*npm install --save-dev aws-cdk$/m),
    });
    rmSync(folder, { recursive: true });
  });

  test('takes the CDK app and its context from its options, and a stack that wants no account', async () => {
    const folder = join(root, '.story', `dev-app-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'infra.ts'),
      `import { App, CfnOutput, Stack } from 'aws-cdk-lib';
      import * as ssm from 'aws-cdk-lib/aws-ssm';
      const stack = new Stack(new App(), 'Only');
      new ssm.StringParameter(stack, 'Name', { stringValue: stack.node.getContext('name') });
      new CfnOutput(stack, 'Home', { value: 'http://127.0.0.1/' + stack.node.getContext('name') });`,
    );
    const args = ['--app', 'node --import tsx infra.ts', '--context', 'name=ann', '--port', '0', '--ephemeral'];
    await using dev = RunningProcess.start(
      process.execPath,
      [GOBLET, 'dev', ...args, '--data', '.goblet', '--account', '123456789012'],
      { cwd: folder, env: plainEnvironment },
    );
    await dev.printed(/watching the CDK project; these stacks have no function of a Goblet construct/);
    expect(dev.output).toContain('Only.Home http://127.0.0.1/ann');
    expect(dev.output).toContain('123456789012');
    dev.signal('SIGINT');
    await dev.exited();
    rmSync(folder, { recursive: true });
  });
});
