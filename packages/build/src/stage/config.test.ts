import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { times } from '../fixtures/inventory.js';
import { project } from '../fixtures/project.js';
import { parseConfig, stageOf } from './config.js';
import { loadConfig } from './load-config.js';

describe('a stage', () => {
  const config = parseConfig({
    memorySize: 256,
    environment: { TABLE: 'users', LEVEL: 'info' },
    tags: { team: 'users' },
    stages: { dev: { environment: { TABLE: 'users-dev' } }, prod: { memorySize: 512, tags: { tier: 'gold' } } },
  });

  test('has what all stages have alike, and its own in front of it', () => {
    expect(stageOf(config, 'dev')).toEqual({
      memorySize: 256,
      environment: { TABLE: 'users-dev', LEVEL: 'info' },
      tags: { team: 'users' },
    });
    expect(stageOf(config, 'prod')).toEqual({
      memorySize: 512,
      environment: { TABLE: 'users', LEVEL: 'info' },
      tags: { team: 'users', tier: 'gold' },
    });
  });

  test('that is not asked for is what all stages have alike', () => {
    expect(stageOf(config, undefined)).toEqual({
      memorySize: 256,
      environment: { TABLE: 'users', LEVEL: 'info' },
      tags: { team: 'users' },
    });
  });

  test('that is not there is refused with the nearest that is', () => {
    expect(() => stageOf(config, 'prd')).toThrow(
      /GOBLET_BUILD_OPTION_UNKNOWN: the configuration has no stage prd; .* mean prod\?/,
    );
    expect(() => stageOf({}, 'prod')).toThrow(/the configuration has no stage prod; declare it under stages/);
    expect(() => stageOf(config, 'toString')).toThrow(/has no stage toString/);
  });
});

describe('a configuration is refused', () => {
  test.each<[object, string]>([
    [{ memry: 1 }, 'GOBLET_BUILD_OPTION_UNKNOWN: memry is not a stage option; did you mean memorySize?'],
    [
      { stages: { prod: { enviroment: {} } } },
      'GOBLET_BUILD_OPTION_UNKNOWN: stages.prod.enviroment is not a stage option; did you mean environment?',
    ],
    [{ stages: { prod: { timeout: 60 } } }, 'GOBLET_BUILD_OPTION_INVALID: stages.prod.timeout takes whole seconds'],
    [{ stages: { prod: 1 } }, 'GOBLET_BUILD_OPTION_INVALID: stages.prod takes an object'],
    [{ stages: ['prod'] }, 'GOBLET_BUILD_OPTION_INVALID: stages takes stage options by the name of the stage'],
    [{ environment: { 'a-b': 'x' } }, 'GOBLET_BUILD_OPTION_INVALID: environment takes texts by names of'],
    [{ stageName: 's'.repeat(129) }, 'GOBLET_BUILD_OPTION_INVALID: stageName takes at most 128 letters'],
    [{ stageVariables: { a: 'ä' } }, 'GOBLET_BUILD_OPTION_INVALID: stageVariables takes at most 100 texts of'],
    [{ stageVariables: { a: '' } }, 'GOBLET_BUILD_OPTION_INVALID: stageVariables takes'],
    [{ stageVariables: { a: 'v'.repeat(513) } }, 'GOBLET_BUILD_OPTION_INVALID: stageVariables takes'],
    [{ stageVariables: { ['n'.repeat(65)]: 'v' } }, 'GOBLET_BUILD_OPTION_INVALID: stageVariables takes'],
    [
      { stageVariables: Object.fromEntries(times(101, (n) => [`v${n}`, 'v'])) },
      'GOBLET_BUILD_OPTION_INVALID: stageVariables takes',
    ],
  ])('%j', (value, message) => {
    expect(() => parseConfig(value)).toThrow(message);
  });
});

describe('goblet.config.ts', () => {
  test('is TypeScript that may import and read the environment', async () => {
    using service = project({
      'goblet.config.ts': `
import type { GobletConfig } from '@goblet/cli';
import { table } from './names.js';
export default { environment: { TABLE: table('users'), HOME_OF: process.env.HOME_OF ?? '' } } satisfies GobletConfig;`,
      'names.ts': 'export const table = (name: string): string => `my-${name}`;',
    });
    const environment = { ...process.env, HOME_OF: 'here' };
    expect(await loadConfig({ project: service.folder, environment })).toEqual({
      environment: { TABLE: 'my-users', HOME_OF: 'here' },
    });
  });

  test('may be missing', async () => {
    expect(await loadConfig({ project: mkdtempSync(`${tmpdir()}/goblet-none-`) })).toEqual({});
  });

  test('may be another file, which must be there', async () => {
    using service = project({ 'deploy/stage.json': '{ "memorySize": 256 }' });
    expect(await loadConfig({ project: service.folder, file: service.path('deploy/stage.json') })).toEqual({
      memorySize: 256,
    });
    await expect(loadConfig({ project: service.folder, file: service.path('none.ts') })).rejects.toThrow(
      /^GOBLET_BUILD_CONFIG_NOT_FOUND: .*none\.ts does not exist/,
    );
  });

  test.each([
    ["throw new Error('broken');", /GOBLET_BUILD_APP_THREW: goblet\.config\.ts threw while it loaded: broken/],
    ['export const stage = {};', /GOBLET_BUILD_OPTION_INVALID: goblet\.config\.ts has no default export; write/],
    ['export default { memorySise: 1 };', /GOBLET_BUILD_OPTION_UNKNOWN: memorySise .* memorySize\?/],
    ['export default { timeout: () => 3 };', /GOBLET_BUILD_OPTION_INVALID: timeout takes whole seconds/],
    ['const = 1', /GOBLET_BUILD_BUNDLE_FAILED: goblet\.config\.ts:1:7/],
  ])('that says %j is refused', async (text, message) => {
    using service = project({ 'goblet.config.ts': text });
    await expect(loadConfig({ project: service.folder })).rejects.toThrow(message);
  });
});
