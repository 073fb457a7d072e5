import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shellScript } from '../terminal/shell-script.js';
import { applied, cloudEnvironment } from './cloud-environment.js';

const cloud = { endpoint: 'http://127.0.0.1:4566', secretAccessKey: 'secret' };
const target = { account: '123456789012', region: 'eu-west-1', dataFolder: join(tmpdir(), 'project', '.goblet') };

describe('cloudEnvironment', () => {
  test('gives endpoint, region and the key of the account', () => {
    expect(cloudEnvironment(cloud, target, {})).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'GOBLET123456789012',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
  });

  test('takes away what would lead to another endpoint or other credentials', () => {
    const current = {
      AWS_PROFILE: 'prod',
      AWS_SESSION_TOKEN: 'token',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://elsewhere',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2/v2',
      PATH: '/usr/bin',
    };
    expect(Object.keys(applied(current, cloudEnvironment(cloud, target, current)))).toEqual(
      expect.not.arrayContaining(Object.keys(current).filter((name) => name !== 'PATH')),
    );
    expect(applied(current, cloudEnvironment(cloud, target, current)).PATH).toBe('/usr/bin');
  });

  test('keeps the proxy exceptions that are there and adds the loopback', () => {
    expect(cloudEnvironment(cloud, target, { NO_PROXY: 'intranet, 127.0.0.1' }).NO_PROXY).toBe(
      'intranet,127.0.0.1,localhost',
    );
  });
});

describe('shellScript', () => {
  test('a shell that evaluates it has exactly the values, whatever characters they hold', () => {
    const folder = mkdtempSync(join(tmpdir(), 'goblet env '));
    const changes = { GOBLET_TEST_VALUE: `${folder}/it's "$HOME" \`x\` \\ end`, GOBLET_TEST_GONE: undefined };
    const script = [
      ...shellScript('sh', changes),
      'printf "%s|%s" "$GOBLET_TEST_VALUE" "${GOBLET_TEST_GONE-unset}"',
    ].join('\n');
    const { stdout } = spawnSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, GOBLET_TEST_GONE: 'there' },
    });
    expect(stdout).toBe(`${changes.GOBLET_TEST_VALUE}|unset`);
  });

  test.each([
    ['fish', "set -gx NAME 'it\\'s'", 'set -e GONE'],
    ['powershell', "$env:NAME = 'it''s'", 'Remove-Item Env:GONE -ErrorAction SilentlyContinue'],
    ['cmd', `set "NAME=it's"`, 'set "GONE="'],
  ] as const)('writes for %s', (shell, set, unset) => {
    expect(shellScript(shell, { NAME: "it's", GONE: undefined })).toEqual([set, unset]);
  });
});
