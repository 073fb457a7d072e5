import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packageReport, reportLines } from './commands/package-report.js';
import { goblet as runGoblet } from './fixtures/goblet.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BIN = join(ROOT, 'packages', 'goblet', 'bin', 'goblet.js');
const SERVICE = join(ROOT, 'examples', 'users-service', 'web-api');

const folder = () => mkdtempSync(join(tmpdir(), 'goblet-artifacts-'));

const goblet = (...args: string[]) => runGoblet(SERVICE, args);

describe('goblet openapi', () => {
  test('prints the document as JSON, or writes YAML to a file of that name', async () => {
    const printed = await goblet('openapi', '--server', 'https://api.example.com/v1');
    expect(JSON.parse(printed.stdout)).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://api.example.com/v1' }],
      paths: { '/users/{username}': { get: { operationId: 'getUser' } } },
    });
    const file = join(folder(), 'docs', 'api.yaml');
    expect(await goblet('openapi', file)).toEqual({ status: 0, stdout: '', stderr: `${file}: 5 routes of web-api\n` });
    expect(readFileSync(file, 'utf8')).toMatch(/^openapi: 3\.1\.0\n/);
  });

  test('refuses --json beside --format yaml, where both speak of standard output', async () => {
    const { status, stderr } = await goblet('openapi', '--json', '--format', 'yaml');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'GOBLET_CLI_OPTION: --json and --format yaml exclude each other; leave one out, or name a file\n',
    );
  });
});

describe('--json', () => {
  const written = { app: 'web-api', routes: 5 };

  test('is the document itself where goblet inventory and goblet openapi print it', async () => {
    expect(JSON.parse((await goblet('inventory', '--json')).stdout)).toMatchObject({ version: 1, name: 'web-api' });
    expect(JSON.parse((await goblet('openapi', '--json')).stdout)).toMatchObject({ openapi: '3.1.0' });
  });

  test.each([
    ['openapi', 'api.yaml'],
    ['client', 'client.ts'],
  ])('is what was written where goblet %s writes a file', async (command, name) => {
    const file = join(folder(), name);
    const { stdout, stderr } = await goblet(command, file, '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ ...written, files: [file] });
    expect(readFileSync(file).length).toBeGreaterThan(0);
  });

  test('leaves standard output empty where something is refused', async () => {
    const { status, stdout, stderr } = await goblet(
      'client',
      join(folder(), 'client.ts'),
      '--json',
      '--entry',
      folder(),
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^GOBLET_BUILD_ENTRY_NOT_FOUND: .*\n$/);
  });
});

describe('goblet client', () => {
  test('writes a module of any kind', async () => {
    const file = join(folder(), 'src', 'client.mts');
    expect(await goblet('client', file)).toEqual({ status: 0, stdout: '', stderr: `${file}: 5 routes of web-api\n` });
    expect(readFileSync(file, 'utf8')).toContain('export function createWebApiClient(');
  });

  test.each(['client.js', 'client.d.ts', 'client'])('refuses %s, which is not a TypeScript source', async (file) => {
    const { status, stderr } = await goblet('client', file);
    expect(status).toBe(1);
    expect(stderr).toBe(`GOBLET_CLI_OPTION: ${file} is not a TypeScript source; give one such as src/client.ts\n`);
  });
});

describe('goblet package', () => {
  const config = (options: object) => {
    const file = join(folder(), 'goblet.config.ts');
    writeFileSync(file, `export default ${JSON.stringify(options)};`);
    return file;
  };

  test('writes a template and a zip, the same bytes each time, and reports what weighs', async () => {
    const stages = { prod: { stageName: 'v1', environment: { DYNAMODB_TABLE_NAME: 'users' } } };
    const stage = config({ memorySize: 256, stages });
    const [one, two] = [folder(), folder()];
    const { status, stdout, stderr } = await goblet('package', one, '--config', stage, '--stage', 'prod', '--report');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^bundle [\d,]+ bytes, zipped [\d,]+ bytes, \d+ modules\n( +[\d,]+ {2}\S+\n){10}$/);
    const json = JSON.parse((await goblet('package', two, '--config', stage, '--stage', 'prod', '--json')).stdout);
    expect(json).toMatchObject({
      app: 'web-api',
      routes: 5,
      files: [join(two, 'sam.json'), join(two, 'deployment.zip')],
      modules: expect.any(Number),
    });
    expect(json.heaviest).toHaveLength(10);
    expect(json.zippedBytes).toBe(readFileSync(join(two, 'deployment.zip')).length);
    for (const name of ['sam.json', 'deployment.zip']) {
      expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(true);
    }
    expect(JSON.parse(readFileSync(join(one, 'sam.json'), 'utf8'))).toMatchObject({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: { APIHandler: { Properties: { MemorySize: 256 } }, RestAPI: { Properties: { StageName: 'v1' } } },
    });
  });

  test('puts what is included into the zip, and refuses what is not there', async () => {
    const stage = config({ environment: { DYNAMODB_TABLE_NAME: 'users' } });
    const out = folder();
    const included = ['--include', 'package.json', '--include', 'users.ts'];
    expect(await goblet('package', out, '--config', stage, ...included)).toMatchObject({ status: 0 });
    const files = Object.keys(unzipSync(readFileSync(join(out, 'deployment.zip'))));
    expect(files).toEqual(['index.mjs', 'index.mjs.map', 'package.json', 'users.ts']);
    const { status, stderr } = await goblet('package', out, '--config', stage, '--include', 'nothing');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^GOBLET_BUILD_INCLUDE: nothing to include does not exist in .*\n$/);
  });

  test.each([
    [{ memry: 256 }, 'memry is not a stage option; did you mean memorySize?'],
    [{ stages: { dev: { timout: 3 } } }, 'stages.dev.timout is not a stage option; did you mean timeout?'],
    [{ environment: {} }, 'DYNAMODB_TABLE_NAME'],
    [{ environment: { DYNAMODB_TABLE_NAME: 't' }, manageIamRole: false }, 'iamRoleArn'],
  ])('refuses the stage options %j', async (options, reason) => {
    const { status, stderr } = await goblet('package', folder(), '--config', config(options));
    expect(status).toBe(1);
    expect(stderr).toContain(reason);
  });
});

describe.each(['inventory', 'openapi', 'client', 'package'])('goblet %s', (command) => {
  test('helps by example', async () => {
    const { status, stdout } = await goblet(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n.*goblet ${command}`, 's'));
  });

  test('refuses a folder without an app, in one coded line', async () => {
    const output = { inventory: [], openapi: [], client: ['client.ts'], package: ['out'] }[command] ?? [];
    const { status, stdout, stderr } = await goblet(command, ...output, '--entry', folder());
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^GOBLET_BUILD_ENTRY_NOT_FOUND: .* has no app\.ts and no src\/app\.ts; .*\n$/);
  });
});

test.each([
  ['inventory', ['--json']],
  ['package', ['OUT', '--json']],
] as const)(
  'goblet %s warns on standard error of a quota that may be too small, and goes on',
  async (command, options) => {
    const app = join(folder(), 'app.ts');
    symlinkSync(join(ROOT, 'node_modules'), join(app, '..', 'node_modules'));
    writeFileSync(
      app,
      "import { App } from 'goblet';\nexport const app = new App('many');\nfor (let n = 0; n < 300; n += 1) app.get(`/r${n}` as '/', () => n);",
    );
    const given = options.map((option) => (option === 'OUT' ? folder() : option));
    const { status, stdout, stderr } = await goblet(command, ...given, '--entry', app);
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect(stderr).toMatch(/^warning GOBLET_BUILD_QUOTA_RESOURCES: the paths make 301 resources .* \(app\.ts:3\)\n$/);
  },
);

describe.each(['openapi', 'client', 'package'])(
  'goblet %s says in one line that its output cannot be written',
  (command) => {
    const stage = join(folder(), 'goblet.config.ts');
    writeFileSync(stage, "export default { environment: { DYNAMODB_TABLE_NAME: 'users' } };");
    const options = command === 'package' ? ['--config', stage] : [];

    test('below a file', async () => {
      const file = join(folder(), 'taken');
      writeFileSync(file, '');
      const { status, stderr } = await goblet(command, join(file, 'below.ts'), ...options);
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^GOBLET_CLI_OPTION: .*below\.ts\S* cannot be written, because .*taken\S* is not a folder; name another file\n$/,
      );
    });

    test('in place of a folder', async () => {
      const output = join(folder(), 'output.ts');
      const taken = command === 'package' ? join(output, 'sam.json') : output;
      mkdirSync(taken, { recursive: true });
      const { status, stderr } = await goblet(command, output, ...options);
      expect(status).toBe(1);
      expect(stderr).toBe(`GOBLET_CLI_OPTION: ${taken} cannot be written, because it is a folder; name another file\n`);
    });
  },
);

test('an inventory that somebody reads only the head of is no fault', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${BIN}" inventory --json | head -1`], {
    cwd: SERVICE,
    encoding: 'utf8',
  });
  expect(stdout).toBe('{\n');
  expect(stderr).toBe('');
});

test('a report names modules by package and adds up what one module has in several outputs', () => {
  const inputs = { '../../node_modules/zod/core.js': { bytesInOutput: 5_000 }, 'app.ts': { bytesInOutput: 10 } };
  expect(reportLines(packageReport({ outputs: { a: { inputs }, b: { inputs } } }, 12_000, 3_000))).toEqual([
    'bundle 12,000 bytes, zipped 3,000 bytes, 2 modules',
    '  10,000  zod/core.js',
    '      20  app.ts',
  ]);
});
