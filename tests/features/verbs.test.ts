import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { DeployedApp } from '../processes/deployed-app.js';
import { Gate } from '../processes/gate.js';
import { RunningProcess } from '../processes/running-process.js';

let app: DeployedApp;
beforeAll(async () => {
  app = await DeployedApp.deploy('tests/features/verbs/infra.ts');
});
afterAll(async () => app?.[Symbol.asyncDispose]());

const SERVICE = join(root, 'tests', 'features', 'verbs');

interface Called {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** The lines that a verb prints for as long as it waits: how many there are depends on the machine. */
const WAITING = /^(reading the stacks: \d+ of \d+|\S+ has been running for \d+ s)\n/gm;

/** Runs a verb where the app's source is; on the deployed cloud, unless the environment is given. */
function goblet(args: readonly string[], { env, input }: Called = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [GOBLET, ...args, ...(env === undefined ? ['--data', app.dataFolder] : [])],
    { cwd: SERVICE, env: { ...plainEnvironment, ...env }, encoding: 'utf8', ...(input !== undefined && { input }) },
  );
  return { status, stdout, stderr: stderr.replace(WAITING, '') };
}

/** An environment that leads to the deployed cloud without naming its data folder. */
async function cloudEnvironment(): Promise<Record<string, string>> {
  const { endpoint, region, credentials } = await app.clientConfig();
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** No file of the developer's who runs the tests, and no metadata service, leads to AWS. */
const noCredentials = {
  AWS_REGION: 'eu-west-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

describe('goblet url', () => {
  test('prints addresses that answer, of REST and of HTTP APIs, and beside them which AWS it asked', async () => {
    const { status, stdout, stderr } = goblet(['url']);
    expect(status, stderr).toBe(0);
    const [dev = '', staging, shop = '', ...rest] = stdout.split('\n');
    expect([dev, staging, rest]).toEqual([app.output('OrdersDev'), app.output('OrdersTest'), ['']]);
    expect(await (await fetch(`${dev}orders/7`)).json()).toEqual({ id: '7' });
    expect(await (await fetch(`${shop}open`)).json()).toEqual({ open: true });
    expect(stderr.split('\n')).toEqual([
      `AWS is the local cloud on ${app.endpoint} (account 000000000000, us-east-1)`,
      'OrdersDev: orders, REST API',
      'OrdersTest: orders, REST API',
      'Shop: shop, HTTP API',
      '',
    ]);
  });

  test.each([
    ['a stack', 'OrdersTest', ['OrdersTest']],
    ['an app', 'orders', ['OrdersDev', 'OrdersTest']],
    ['a function of the app', 'jobs', ['OrdersDev', 'OrdersTest']],
    ['a function of one stack', 'OrdersDev/APIHandler', ['OrdersDev']],
  ])('prints those of %s', (_what, name, stacks) => {
    expect(goblet(['url', name]).stdout).toBe(stacks.map((stack) => `${app.output(stack)}\n`).join(''));
  });

  test('finds a function by the name that Lambda gave it', () => {
    expect(goblet(['url', app.output('OrdersDev', 'APIHandlerName')]).stdout).toBe(`${app.output('OrdersDev')}\n`);
  });

  test('prints them as JSON', () => {
    expect(JSON.parse(goblet(['url', 'OrdersDev', '--json']).stdout)).toEqual([
      {
        stack: 'OrdersDev',
        app: 'orders',
        function: 'APIHandler',
        kind: 'rest',
        id: app.output('OrdersDev', 'RestAPIId'),
        url: app.output('OrdersDev'),
      },
    ]);
  });

  test('follows the environment that leads to the cloud', async () => {
    const { status, stdout, stderr } = goblet(['url', 'OrdersDev'], { env: await cloudEnvironment() });
    expect([status, stdout]).toEqual([0, `${app.output('OrdersDev')}\n`]);
    expect(stderr).toMatch(/^AWS is the local cloud on /);
  });
});

describe('a verb that asks what is deployed', () => {
  test.each([
    [
      'a name that nothing has',
      ['nope'],
      /no API matches nope in the local cloud.*; known: OrdersDev, OrdersTest, Shop$/,
    ],
    ['a region without stacks', ['--region', 'eu-west-1'], /has a Goblet API; deploy one with: .*cdk deploy/],
    ['another account', ['--account', '123456789012'], /account 123456789012.* has a Goblet API/],
  ])('says of %s what there is, and what to do', (_what, args, reason) => {
    const { status, stdout, stderr } = goblet(['url', ...args]);
    const [, error = '', ...rest] = stderr.split('\n');
    expect([status, stdout, rest]).toEqual([1, '', ['']]);
    expect(error).toMatch(/^GOBLET_CLI_NOT_DEPLOYED: /);
    expect(error).toMatch(reason);
  });

  test.each([
    ['no credentials', noCredentials, /CredentialsProviderError: .*set AWS_PROFILE or keys, or start a local cloud/],
    [
      'an endpoint where nothing listens',
      {
        ...noCredentials,
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 's',
      },
      /ECONNREFUSED.*the endpoint http:\/\/127\.0\.0\.1:9.*start the server there, or unset AWS_ENDPOINT_URL/,
    ],
    [
      'a region that is none',
      { ...noCredentials, AWS_REGION: 'Ireland' },
      /GOBLET_CLI_OPTION: AWS_REGION Ireland is not an AWS region/,
    ],
    ['no region', { ...noCredentials, AWS_REGION: '' }, /no region is set; give --region, or set AWS_REGION/],
  ])('says in one coded line that there is %s', (_what, env, reason) => {
    const { status, stdout, stderr } = goblet(['url'], { env });
    const lines = stderr.trimEnd().split('\n');
    expect([status, stdout]).toEqual([1, '']);
    expect(lines.at(-1)).toMatch(/^GOBLET_CLI_(AWS|OPTION): /);
    expect(lines.at(-1)).toMatch(reason);
    expect(lines.slice(0, -1).join('\n')).toMatch(/^(AWS is .*)?$/);
  });

  test('goes where the endpoint of the profile leads the SDK, and says so', async () => {
    const { AWS_ENDPOINT_URL, ...keys } = await cloudEnvironment();
    const config = join(app.dataFolder, 'aws-config');
    writeFileSync(config, `[default]\nendpoint_url = ${AWS_ENDPOINT_URL}\n`);
    const { status, stderr } = goblet(['logs', 'Shop'], {
      env: { ...noCredentials, ...keys, AWS_CONFIG_FILE: config },
    });
    expect([status, stderr.split('\n')[0]]).toEqual([0, `AWS is the endpoint ${app.endpoint} (the profile default)`]);
  });

  test('says that the keys are not those of the cloud', async () => {
    const env = { ...(await cloudEnvironment()), AWS_SECRET_ACCESS_KEY: 'another' };
    const { status, stderr } = goblet(['url'], { env });
    expect(status).toBe(1);
    expect(stderr).toMatch(/\nGOBLET_CLI_AWS: .*use its keys: eval "\$\(npx goblet env\)"\n$/);
  });

  test('refuses an account where the environment leads elsewhere than to a local cloud', () => {
    const { status, stderr } = goblet(['url', '--account', '123456789012'], { env: noCredentials });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^GOBLET_CLI_OPTION: --account names an account of a local cloud, but .*real AWS/);
  });
});

describe('goblet logs', () => {
  const order = (id: string, stack = 'OrdersDev') => fetch(`${app.output(stack)}orders/${id}`);
  /** Logs arrive a moment after the answer. */
  const logged = async (args: readonly string[], pattern: RegExp) => {
    await expect.poll(() => goblet(['logs', ...args]).stdout, { timeout: 20_000 }).toMatch(pattern);
    return goblet(['logs', ...args]);
  };

  test('shows what the functions of every stack have logged, by time, and whose it is', async () => {
    await order('first', 'OrdersTest');
    await order('second');
    await order('third', 'OrdersTest');
    const { status, stdout } = await logged([], /order=first[\s\S]*order=second[\s\S]*order=third/);
    expect(status).toBe(0);
    const told = stdout.split('\n').filter((line) => /order=(first|second|third)/.test(line));
    const line =
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (\S+) INFO {2}order read requestId=\S+ route="GET \/orders\/\{id\}" order=(\w+)$/;
    expect(told.map((one) => line.exec(one)?.slice(1))).toEqual([
      ['OrdersTest/APIHandler', 'first'],
      ['OrdersDev/APIHandler', 'second'],
      ['OrdersTest/APIHandler', 'third'],
    ]);
    expect(stdout).not.toMatch(/START RequestId|END RequestId/);
    expect(stdout).toBe(stripVTControlCharacters(stdout));
    expect(stdout).toMatch(/OrdersDev\/APIHandler Duration: [\d.]+ ms, Billed Duration/);
  });

  test('shows one stack, with what a filter lets through, as JSON lines that hold what was written', async () => {
    await order('mine');
    await order('other', 'OrdersTest');
    await logged(['OrdersTest'], /order=other/);
    const { stdout } = await logged(['OrdersDev', '--filter', 'mine', '--json'], /mine/);
    const [event, ...rest] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rest).toEqual([]);
    expect(event).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      stack: 'OrdersDev',
      app: 'orders',
      function: 'APIHandler',
      logGroup: expect.stringContaining('APIHandlerLogs'),
      logStream: expect.stringContaining('[$LATEST]'),
      message: expect.any(String),
    });
    expect(JSON.parse(event.message)).toMatchObject({ level: 'info', message: 'order read', order: 'mine' });
  });

  test('follows until Ctrl-C, telling each line once', async () => {
    const args = [GOBLET, 'logs', 'OrdersDev/APIHandler', '--follow', '--data', app.dataFolder];
    await using following = RunningProcess.start(process.execPath, args, { cwd: SERVICE, env: plainEnvironment });
    await following.printed(/following OrdersDev\/APIHandler; stop with Ctrl-C/);
    await order('followed');
    await following.printed(/order=followed/);
    await order('later');
    await following.printed(/order=later/);
    following.signal('SIGINT');
    expect(await following.exited()).toBe(0);
    expect(following.standardOutput.match(/order=followed/g)).toHaveLength(1);
  });

  test('says where nothing was logged, and that one may look further back', () => {
    const { status, stdout, stderr } = goblet(['logs', 'Shop', '--since', '1s']);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/\nnothing was logged since \S+Z; --since 1d looks further back\n$/);
  });

  test.each([
    ['--since', 'yesterday', /--since yesterday is not a time; give one such as/],
    ['--since', '2026', /--since 2026 is not a time/],
    ['--filter', '{ $.level = }', /--filter .* is refused \(.*\); see "Filter pattern syntax"/],
  ])('refuses %s %s in one coded line', (option, value, reason) => {
    const { status, stdout, stderr } = goblet(['logs', option, value]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/(^|\n)GOBLET_CLI_OPTION: .*\n$/);
    expect(stderr).toMatch(reason);
  });
});

describe('goblet invoke', () => {
  test('sends a source what it carries, as AWS would, and prints the result and the log', () => {
    const { status, stdout, stderr } = goblet([
      ...['invoke', 'OrdersDev/jobs', '--entry', 'app.ts'],
      ...['--send', '{"job":"letter"}', '--send', '{"job":"parcel"}'],
    ]);
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ batchItemFailures: [] });
    expect(stderr).toMatch(
      /^AWS is the local cloud on .*\nWARN {2}job done .*job=letter\nWARN {2}job done .*job=parcel\n/,
    );
    expect(stderr).toMatch(/\nDuration: [\d.]+ ms, /);
    expect(stderr).not.toMatch(/START RequestId|END RequestId/);
  });

  test('needs no event for a function that is invoked directly', () => {
    const { status, stdout } = goblet(['invoke', 'OrdersDev/total', '--entry', 'app.ts']);
    expect([status, stdout]).toEqual([0, '{\n  "total": 0\n}\n']);
  });

  test.each([
    ['JSON', () => ({ event: '{"prices":[1,2]}' })],
    ['standard input', () => ({ event: '-', input: '{"prices":[1,2]}' })],
    [
      'a file',
      () => {
        const event = join(app.dataFolder, 'event.json');
        writeFileSync(event, '{"prices":[1,2]}');
        return { event };
      },
    ],
  ])('takes an event as %s', (_what, given) => {
    const { event, ...called } = given();
    const { status, stdout } = goblet(['invoke', 'OrdersTest/total', '--event', event, '--json'], called);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      stack: 'OrdersTest',
      app: 'orders',
      function: 'total',
      functionName: expect.stringMatching(/^OrdersTest-/),
      payload: { total: 3 },
      log: expect.stringContaining('adding up'),
    });
  });

  test('ends with 1 where the function fails, and says in one line how', () => {
    const { status, stdout, stderr } = goblet(['invoke', 'OrdersDev/total', '--event', '{"prices":[-1]}']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ errorType: 'RangeError', errorMessage: 'a price is negative' });
    expect(stderr).toMatch(/\nGOBLET_CLI_FUNCTION_ERROR: OrdersDev\/total failed: RangeError: a price is negative\n$/);
  });

  test('says after a second that it waits, and for how long', async () => {
    using gate = await Gate.closed();
    await using waiting = invokeGate(gate);
    await waiting.printed(/OrdersDev\/gate has been running for 1 s/);
    gate.open();
    expect([await waiting.exited(), waiting.standardOutput]).toEqual([0, 'open\n']);
  });

  test('stops waiting at Ctrl-C', async () => {
    using gate = await Gate.closed();
    await using waiting = invokeGate(gate);
    await gate.reached();
    waiting.signal('SIGINT');
    expect(await waiting.exited()).toBe(1);
    expect(waiting.output).toMatch(
      /\nGOBLET_CLI_INTERRUPTED: OrdersDev\/gate is still running: goblet stopped waiting, and the invocation continues/,
    );
  });

  function invokeGate({ url }: Gate): RunningProcess {
    const args = ['invoke', 'OrdersDev/gate', '--event', JSON.stringify(url), '--data', app.dataFolder];
    return RunningProcess.start(process.execPath, [GOBLET, ...args], { cwd: SERVICE, env: plainEnvironment });
  }

  test.each([
    [
      'a name of several functions',
      ['jobs'],
      /^GOBLET_CLI_OPTION: 2 functions match jobs; name one of OrdersDev\/jobs, Ord/,
    ],
    ['no event for a route', ['OrdersDev/APIHandler'], /^GOBLET_CLI_OPTION: .*APIHandler needs an event; give --send/],
    ['no record for a queue', ['OrdersDev/jobs'], /^GOBLET_CLI_OPTION: .*jobs needs an event; give --send/],
    [
      'a record of a source that is not here',
      ['OrdersDev/APIHandler', '--send', '1'],
      /^GOBLET_BUILD_SEND: .*sources: jobs, total/,
    ],
    ['a record for another app', ['Shop', '--send', '1', '--entry', 'shop.ts'], /^GOBLET_BUILD_SEND: .*sources: none/],
    [
      'a file that is not there',
      ['OrdersDev/total', '--event', 'none.json'],
      /^GOBLET_CLI_OPTION: --event none.json: ENOENT/,
    ],
    ['broken JSON', ['OrdersDev/total', '--event', '{"a'], /^GOBLET_CLI_OPTION: --event: \{"a is not JSON \(/],
    ['a broken record', ['OrdersDev/jobs', '--send', 'x'], /^GOBLET_CLI_OPTION: --send: x is not JSON \(/],
    [
      'both kinds of event',
      ['OrdersDev/jobs', '--send', '1', '--event', '1'],
      /^GOBLET_CLI_OPTION: .*give one of them$/,
    ],
  ])('refuses %s', (_what, args, reason) => {
    const { status, stdout, stderr } = goblet(['invoke', '--entry', 'app.ts', ...args]);
    const [, error = '', ...rest] = stderr.split('\n');
    expect([status, stdout, rest]).toEqual([1, '', ['']]);
    expect(error).toMatch(reason);
  });

  test('refuses the source of another app than the deployed one', () => {
    const folder = join(app.dataFolder, 'other');
    mkdirSync(folder);
    const source =
      "import { App, lambda } from 'goblet';\nexport const app = new App('other', { sources: { total: lambda() } });";
    writeFileSync(join(folder, 'app.ts'), `${source}\napp.on('total', () => 1);\n`);
    const { status, stderr } = goblet(['invoke', 'OrdersDev/total', '--entry', folder]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /\nGOBLET_CLI_OPTION: the app here is other, but OrdersDev\/total belongs to orders; give --entry/,
    );
  });
});

describe('goblet doctor', () => {
  test('examines the project, the environment and the cloud, a line for each, and ends well', () => {
    const { status, stdout } = goblet(['doctor']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^(ok {2}|warn) {2}\S|^ {20}→ /.test(line))).toEqual([]);
    expect(stdout).toMatch(/^ok {4}app {11}orders: 1 route, 4 functions$/m);
    expect(stdout).toContain(`runs on ${app.endpoint} (process `);
    expect(stdout).toBe(stripVTControlCharacters(stdout));
    expect(status).toBe(0);
  });

  test('ends with 1 where something fails, and says as JSON what to do', () => {
    const env = { AWS_ENDPOINT_URL: app.endpoint, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's' };
    const { status, stdout } = goblet(['doctor', '--json'], { env });
    const findings: { check: string; status: string; remedy?: string }[] = JSON.parse(stdout);
    expect(findings.filter((finding) => finding.status === 'fail')).toEqual([
      {
        check: 'credentials',
        status: 'fail',
        found: 'the keys do not belong to the local cloud',
        remedy: expect.stringContaining('npx goblet env'),
      },
    ]);
    for (const finding of findings) expect('remedy' in finding).toBe(finding.status !== 'ok');
    expect(status).toBe(1);
  });
});
