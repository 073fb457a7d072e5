import { expect, test } from 'vitest';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';

const FILES = {
  'app.ts': `
import { App } from 'goblet';
export const app = new App('staged', { env: { TABLE: String, LEVEL: String } });
app.get('/', ({ env, event }) => ({ ...env, stage: event.requestContext.stage, variables: event.stageVariables }));`,
  'goblet.config.ts': `
import type { GobletConfig } from '@goblet/cli';
export default {
  environment: { TABLE: 'of-all', LEVEL: 'info' },
  stages: { dev: { stageName: 'v1', stageVariables: { colour: 'blue' }, environment: { TABLE: 'of-dev' } } },
} satisfies GobletConfig;`,
};

test('goblet local serves a stage of goblet.config.ts: its name, variables and environment, under what the shell says', async () => {
  using service = project(FILES);
  await using local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', '0', '--stage', 'dev'], {
    cwd: service.folder,
    env: { ...plainEnvironment, LEVEL: 'debug' },
  });
  const [, base = ''] = await local.printed(/serving on (http:\S+)/);
  expect(await (await fetch(base)).json()).toEqual({
    TABLE: 'of-dev',
    LEVEL: 'debug',
    stage: 'v1',
    variables: { colour: 'blue' },
  });
});

test('goblet local refuses a stage that is not there with the nearest that is', async () => {
  using service = project(FILES);
  await using local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', '0', '--stage', 'dve'], {
    cwd: service.folder,
    env: plainEnvironment,
  });
  expect(await local.exited()).toBe(1);
  expect(local.output).toContain('GOBLET_BUILD_OPTION_UNKNOWN: the configuration has no stage dve; did you mean dev?');
});
