import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';
import { body, Session } from './session.js';
import { send } from './users-client.js';

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

  test('ends cdk, and what cdk started, where it is told to end while it deploys, and tells programs by JSON lines', async () => {
    await using session = new Session('ended', { args: ['WebApiDev', '--port', '0', '--json'] });
    await session.dev.printed(/"kind":"deploying"/);
    // Not by the terminal, which would tell the whole group.
    process.kill(session.dev.pid, 'SIGTERM');
    await session.dev.exited();
    expect(session.processes()).toEqual([]);
    const lines = session.dev.standardOutput.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).toContain('deploying');
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

  test('takes the CDK app and its context from its options, and deploys what changes in it, unless synth refuses it', async () => {
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
    const infra = join(folder, 'infra.ts');
    const source = readFileSync(infra, 'utf8');
    writeFileSync(infra, `${source}\nthrow new Error('not like this');`);
    await dev.printed(/not like this[\s\S]*not deployed/);
    writeFileSync(infra, `${source}\nnew CfnOutput(stack, 'Away', { value: 'http://127.0.0.1/away' });`);
    await dev.printed(/Only\.Away http:\/\/127\.0\.0\.1\/away/);
    dev.signal('SIGINT');
    await dev.exited();
    rmSync(folder, { recursive: true });
  });
});
