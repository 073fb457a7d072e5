import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageReport, reportLines } from './package-report.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BIN = join(ROOT, 'packages', 'goblet', 'bin', 'goblet.js');
const SERVICE = join(ROOT, 'examples', 'users-service', 'web-api');

const folder = () => mkdtempSync(join(tmpdir(), 'goblet-artifacts-'));

function goblet(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: SERVICE, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('goblet openapi', () => {
  test('prints the document as JSON, or writes YAML to a file of that name', () => {
    const printed = goblet('openapi', '--server', 'https://api.example.com/v1');
    expect(JSON.parse(printed.stdout)).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://api.example.com/v1' }],
      paths: { '/users/{username}': { get: { operationId: 'getUser' } } },
    });
    const file = join(folder(), 'docs', 'api.yaml');
    expect(goblet('openapi', file)).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^openapi: 3\.1\.0\n/);
  });
});

describe('goblet client', () => {
  test('says as JSON what it wrote', () => {
    const file = join(folder(), 'client.ts');
    expect(JSON.parse(goblet('client', file, '--json').stdout)).toEqual({ file, app: 'web-api', routes: 5 });
    expect(readFileSync(file, 'utf8')).toContain('export function createWebApiClient(');
  });

  test('refuses a file that is no TypeScript', () => {
    const { status, stderr } = goblet('client', 'client.js');
    expect(status).toBe(1);
    expect(stderr).toBe('GOBLET_CLI_OPTION: client.js is no TypeScript file; give one such as src/client.ts\n');
  });
});

describe('goblet package', () => {
  const config = (options: object) => {
    const file = join(folder(), 'goblet.config.ts');
    writeFileSync(file, `export default ${JSON.stringify(options)};`);
    return file;
  };

  test('writes a template and a zip, the same bytes each time, and reports what weighs', () => {
    const stages = { prod: { stageName: 'v1', environment: { DYNAMODB_TABLE_NAME: 'users' } } };
    const stage = config({ memorySize: 256, stages });
    const [one, two] = [folder(), folder()];
    const { status, stdout, stderr } = goblet('package', one, '--config', stage, '--stage', 'prod', '--report');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^bundle [\d,]+ bytes, zipped [\d,]+ bytes, \d+ modules\n( +[\d,]+ {2}\S+\n){10}$/);
    const json = JSON.parse(goblet('package', two, '--config', stage, '--stage', 'prod', '--json').stdout);
    expect(json).toMatchObject({
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

  test.each([
    [{ memry: 256 }, 'memry is no stage option; did you mean memorySize?'],
    [{ stages: { dev: { timout: 3 } } }, 'stages.dev.timout is no stage option; did you mean timeout?'],
    [{ environment: {} }, 'DYNAMODB_TABLE_NAME'],
    [{ environment: { DYNAMODB_TABLE_NAME: 't' }, manageIamRole: false }, 'iamRoleArn'],
  ])('refuses the stage options %j', (options, reason) => {
    const { status, stderr } = goblet('package', folder(), '--config', config(options));
    expect(status).toBe(1);
    expect(stderr).toContain(reason);
  });
});

describe.each(['inventory', 'openapi', 'client', 'package'])('goblet %s', (command) => {
  test('helps by example', () => {
    const { status, stdout } = goblet(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n.*goblet ${command}`, 's'));
  });

  test('refuses a folder without an app, in one coded line', () => {
    const output = { inventory: [], openapi: [], client: ['client.ts'], package: ['out'] }[command] ?? [];
    const { status, stdout, stderr } = goblet(command, ...output, '--entry', folder());
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^GOBLET_BUILD_ENTRY_NOT_FOUND: .* has no app\.ts and no src\/app\.ts; .*\n$/);
  });
});

test.each([
  ['inventory', ['--json']],
  ['package', ['OUT', '--json']],
] as const)('goblet %s warns on standard error of a quota that may be too small, and goes on', (command, options) => {
  const app = join(folder(), 'app.ts');
  symlinkSync(join(ROOT, 'node_modules'), join(app, '..', 'node_modules'));
  writeFileSync(
    app,
    "import { App } from 'goblet';\nexport const app = new App('many');\nfor (let n = 0; n < 300; n += 1) app.get(`/r${n}` as '/', () => n);",
  );
  const given = options.map((option) => (option === 'OUT' ? folder() : option));
  const { status, stdout, stderr } = goblet(command, ...given, '--entry', app);
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toBeTypeOf('object');
  expect(stderr).toMatch(/^warning GOBLET_BUILD_QUOTA_RESOURCES: the paths are 301 resources .* \(app\.ts:3\)\n$/);
});

test.each(['openapi', 'client', 'package'])(
  'goblet %s says in one line that its output cannot be written',
  (command) => {
    const file = join(folder(), 'taken');
    writeFileSync(file, '');
    const stage = join(folder(), 'goblet.config.ts');
    writeFileSync(stage, "export default { environment: { DYNAMODB_TABLE_NAME: 'users' } };");
    const options = command === 'package' ? ['--config', stage] : [];
    const { status, stderr } = goblet(command, join(file, 'below.ts'), ...options);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^GOBLET_CLI_OPTION: .*below\.ts.* cannot be written \(.*\); name another file\n$/);
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
