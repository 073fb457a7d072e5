import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileSettings } from '../cloud/profile-endpoint.js';
import { appFindings } from './app.js';
import { environmentFindings } from './aws-environment.js';
import { cloudFindings, portFinding } from './cloud-findings.js';
import type { Finding, Patient } from './finding.js';
import { constructFindings, gobletFinding } from './packages.js';
import { cdkFinding, nodeFinding, typescriptFinding } from './tools.js';
import { optionFindings, tsconfigFindings } from './tsconfig.js';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

type Files = Readonly<Record<string, string | object>>;

/** A project of these files, without the workspace's packages above it. */
function patientOf(files: Files, environment: Patient['environment'] = {}): Patient {
  const directory = mkdtempSync(join(tmpdir(), 'goblet-doctor-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const nowhere = { AWS_CONFIG_FILE: join(directory, 'none'), AWS_EC2_METADATA_DISABLED: 'true' };
  return { directory, environment: { ...nowhere, ...environment }, entry: undefined, dataFolder: undefined };
}

/** Installed packages by name and version, each with what else its manifest says. */
const installed = (packages: Readonly<Record<string, string>>, more: Files = {}): Files => ({
  'package.json': { name: 'project', version: '1.0.0' },
  ...Object.fromEntries(
    Object.entries(packages).map(([name, version]) => [
      `node_modules/${name}/package.json`,
      { name, version, ...(more[name] as object | undefined) },
    ]),
  ),
});

const here: Patient = { directory: ROOT, environment: {}, entry: undefined, dataFolder: undefined };
const status = (findings: readonly Finding[]) => findings.map(({ check, status: of }) => `${check} ${of}`);

describe('tools', () => {
  test.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.3', 'fail'],
    ['18.20.0', 'fail'],
  ])('Node %s is %s', (version, expected) => {
    expect(nodeFinding(version).status).toBe(expected);
  });

  test.each([
    ['5.8.3', 'fail'],
    ['5.9.3', 'ok'],
    ['7.0.2', 'ok'],
  ])('TypeScript %s is %s', (version, expected) => {
    expect(typescriptFinding(patientOf(installed({ typescript: version }))).status).toBe(expected);
  });

  test('those of this repository are as they should be', () => {
    expect([typescriptFinding(here), cdkFinding(here)].map((finding) => finding.status)).toEqual(['ok', 'ok']);
  });

  test('a stray release of the cdk CLI is named', () => {
    expect(cdkFinding(patientOf(installed({ 'aws-cdk': '3.0.0' })))).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('3.0.0'),
      remedy: 'npm install --save-dev aws-cdk@2',
    });
  });

  test('a cdk CLI that is older than what the library writes is named with both', () => {
    const files = installed(
      { 'aws-cdk': '2.1000.0', 'aws-cdk-lib': '2.300.0', '@aws-cdk/cloud-assembly-schema': '60.0.1' },
      { 'aws-cdk': { devDependencies: { '@aws-cdk/cloud-assembly-schema': '^55.1.0' } } },
    );
    expect(cdkFinding(patientOf(files))).toMatchObject({
      status: 'fail',
      found: 'aws-cdk 2.1000.0 cannot read what aws-cdk-lib 2.300.0 writes',
    });
  });

  test('what is not installed is no failure, and says how to get it', () => {
    const nothing = patientOf({});
    expect([typescriptFinding(nothing), cdkFinding(nothing)]).toMatchObject([
      { status: 'warn', remedy: 'npm install --save-dev typescript' },
      { status: 'warn', remedy: expect.stringContaining('npm install --save-dev aws-cdk@2') },
    ]);
  });
});

describe('packages', () => {
  test('those of this repository are of one version, in the range of the construct', () => {
    expect(status([gobletFinding(here), ...constructFindings(here)])).toEqual([
      'goblet ok',
      'aws-cdk-lib ok',
      'constructs ok',
    ]);
  });

  test('versions that differ are listed, with the command that makes them one', () => {
    const files = installed({ goblet: '0.2.0', '@goblet/cli': '0.1.0', '@goblet/cdk': '0.1.0' });
    expect(gobletFinding(patientOf(files))).toMatchObject({
      status: 'fail',
      found: 'versions differ: @goblet/cli 0.1.0, goblet 0.2.0, @goblet/cdk 0.1.0',
      remedy: 'npm install goblet@0.1.0',
    });
  });

  const construct = { '@goblet/cdk': { peerDependencies: { 'aws-cdk-lib': '^2.257.0', constructs: '^10.5.1' } } };

  test.each([
    ['2.256.1', 'aws-cdk-lib fail'],
    ['2.257.0', 'aws-cdk-lib ok'],
    ['3.0.0', 'aws-cdk-lib fail'],
  ])('aws-cdk-lib %s under ^2.257.0 is: %s', (version, expected) => {
    const files = installed({ '@goblet/cdk': '0.1.0', 'aws-cdk-lib': version, constructs: '10.6.0' }, construct);
    expect(status(constructFindings(patientOf(files)))).toEqual([expected, 'constructs ok']);
  });

  test('two copies of a library are named with both places', () => {
    const files = installed(
      {
        '@goblet/cdk': '0.1.0',
        'aws-cdk-lib': '2.260.0',
        constructs: '10.6.0',
        '@goblet/cdk/node_modules/aws-cdk-lib': '2.260.0',
      },
      construct,
    );
    const [finding] = constructFindings(patientOf(files));
    expect(finding).toMatchObject({ status: 'fail', remedy: expect.stringContaining('npm dedupe aws-cdk-lib') });
    expect(finding?.found).toMatch(
      /^two copies: .*node_modules\/aws-cdk-lib and, .*@goblet\/cdk\/node_modules\/aws-cdk-lib$/,
    );
  });
});

describe('tsconfig', () => {
  test.each([
    [{ moduleResolution: 'node' }, '5.9.3', 'fail'],
    [{ module: 'commonjs' }, '5.9.3', 'fail'],
    [{ module: 'esnext' }, '5.9.3', 'fail'],
    [{ module: 'commonjs', moduleResolution: 'bundler' }, '6.0.3', 'ok'],
    [{ module: 'esnext' }, '6.0.3', 'ok'],
    [{ module: 'nodenext' }, '5.9.3', 'ok'],
    [{ module: 'node20' }, '5.9.3', 'ok'],
    [{ module: 'preserve' }, '5.9.3', 'ok'],
  ])('%j under TypeScript %s is %s', (options, version, expected) => {
    const [finding] = optionFindings({ strict: true, ...options }, version, 'tsconfig.json');
    expect(finding?.status).toBe(expected);
  });

  test.each([
    [{}, '5.9.3', 'warn'],
    [{}, '6.0.3', 'ok'],
    [{ strict: false }, '6.0.3', 'warn'],
  ])('strictness of %j under TypeScript %s is %s', (options, version, expected) => {
    const [finding] = optionFindings({ module: 'nodenext', ...options }, version, 'tsconfig.json');
    expect(finding?.status).toBe(expected);
  });

  test('is read as the compiler of the project reads it, what it extends included', () => {
    const patient = patientOf({
      'base.json': { compilerOptions: { moduleResolution: 'node10', module: 'commonjs', strict: true } },
      'tsconfig.json': '{ "extends": "./base.json", /* as they may have */ "files": ["a.ts"] }',
      'a.ts': '',
    });
    // Of this repository, where it is installed.
    mkdirSync(join(patient.directory, 'node_modules'));
    spawnSync('ln', [
      '-s',
      join(ROOT, 'node_modules', 'typescript-5.9'),
      join(patient.directory, 'node_modules', 'typescript'),
    ]);
    expect(tsconfigFindings(patient)).toMatchObject([
      { status: 'fail', found: expect.stringContaining('node10'), remedy: expect.stringContaining('nodenext') },
    ]);
  });

  test('is missed where there is none', () => {
    expect(status(tsconfigFindings(patientOf({})))).toEqual(['tsconfig warn']);
  });
});

describe('the environment', () => {
  const cloud = async () => {
    const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    return { endpoint, [Symbol.dispose]: () => void server.close() };
  };
  const keys = { AWS_ACCESS_KEY_ID: 'GOBLET000000000000', AWS_SECRET_ACCESS_KEY: 'secret' };

  test('that leads to a cloud that answers is well', async () => {
    using running = await cloud();
    const env = { AWS_ENDPOINT_URL: running.endpoint, ...keys };
    expect(status(await environmentFindings(patientOf({}, env)))).toEqual(['aws ok']);
  });

  test('that has the endpoint of a cloud with keys of another AWS is a failure', async () => {
    using running = await cloud();
    const env = { AWS_ENDPOINT_URL: running.endpoint, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' };
    const [, finding] = await environmentFindings(patientOf({}, env));
    expect(finding).toMatchObject({
      check: 'credentials',
      status: 'fail',
      remedy: expect.stringContaining('eval "$(npx goblet env)"'),
    });
  });

  test('whose cloud does not answer, on localhost, beside a profile, has each of the three named', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://localhost:9', AWS_PROFILE: 'work', ...keys };
    expect(status(await environmentFindings(patientOf({}, env)))).toEqual([
      'aws ok',
      'endpoint warn',
      'endpoint fail',
      'profile fail',
    ]);
  });

  test('that leads a profile to another emulator is well', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_PROFILE: 'other' };
    expect(status(await environmentFindings(patientOf({}, env)))).toEqual(['aws ok']);
  });

  test('whose profile or cdk.json leads elsewhere is warned of', async () => {
    using running = await cloud();
    const files = {
      config: '[default]\nregion = eu-west-1\n[profile work]\nendpoint_url = http://127.0.0.1:4566\n',
      'cdk.json': { app: 'x', profile: 'work' },
    };
    const env = { AWS_ENDPOINT_URL: running.endpoint, ...keys };
    const patient = patientOf(files, env);
    const withConfig = (profile: string) =>
      environmentFindings({
        ...patient,
        environment: {
          ...patient.environment,
          AWS_CONFIG_FILE: join(patient.directory, 'config'),
          AWS_PROFILE: profile,
        },
      });
    expect(status(await withConfig('work'))).toEqual(['aws ok', 'profile fail', 'profile warn', 'cdk.json warn']);
    expect(status(await withConfig('default'))).toEqual(['aws ok', 'profile fail', 'cdk.json warn']);
  });

  test('settings are those of the profile alone, nested ones left out', () => {
    const config =
      '[profile a]\nregion = x\n[profile b]\nS3 =\n  endpoint_url = nested\nRegion=y\n[default]\nregion = z';
    expect(profileSettings(config, 'b')).toEqual({ s3: '', region: 'y' });
    expect(profileSettings(config, 'default')).toEqual({ region: 'z' });
  });
});

describe('the local cloud', () => {
  test('a port that another program has is named with that program', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const finding = await portFinding(port, 'goblet cloud', undefined);
    const ours = await portFinding(port, 'goblet cloud', {
      endpoint: `http://127.0.0.1:${port}`,
      secretAccessKey: '',
      pid: 1,
    });
    server.close();
    expect(finding).toMatchObject({ status: 'warn', remedy: expect.stringContaining('goblet cloud --port') });
    if (process.platform === 'linux') expect(finding.found).toContain(`(process ${process.pid})`);
    expect(ours).toMatchObject({ status: 'ok', found: 'the local cloud' });
  });

  test('a data folder that git would take is warned of', async () => {
    const patient = patientOf({ 'package.json': {} });
    expect(spawnSync('git', ['init', '--quiet'], { cwd: patient.directory }).status).toBe(0);
    const before = await cloudFindings(patient);
    writeFileSync(join(patient.directory, '.gitignore'), '.goblet/\n');
    const after = await cloudFindings(patient);
    expect([before[0], after[0]]).toMatchObject([
      { check: 'data folder', status: 'warn', remedy: 'add .goblet/ to .gitignore' },
      { check: 'data folder', status: 'ok' },
    ]);
  });

  test('a data folder that cannot be written is a failure', async () => {
    const patient = patientOf({ taken: 'a file' });
    const dataFolder = join(patient.directory, 'taken', '.goblet');
    expect((await cloudFindings({ ...patient, dataFolder }))[0]).toMatchObject({
      check: 'data folder',
      status: 'fail',
      found: `${dataFolder} cannot be written: see ${join(patient.directory, 'taken')}`,
    });
  });
});

describe('the app', () => {
  const entry = join(ROOT, 'examples', 'users-service', 'web-api');

  test('that needs a variable says which, and is well with it', async () => {
    expect(status(await appFindings({ ...here, entry }))).toEqual(['app ok', 'bindings warn']);
    const environment = { DYNAMODB_TABLE_NAME: 'users' };
    expect(status(await appFindings({ ...here, entry, environment }))).toEqual(['app ok', 'bindings ok']);
  });

  test('that does not load is a failure in one line', async () => {
    const patient = patientOf({ 'package.json': {}, 'app.ts': "throw new Error('at load');" });
    const [finding, ...rest] = await appFindings(patient);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ check: 'app', status: 'fail' });
    expect(finding?.found).toMatch(/^GOBLET_BUILD_APP_THREW: [^\n]*at load[^\n]*$/);
  });
});
