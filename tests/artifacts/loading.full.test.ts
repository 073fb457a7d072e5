import { spawnSync } from 'node:child_process';
import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment } from '../processes/commands.js';

const LOOP = {
  'app.ts': "import { spin } from './spin.js';\n\nspin();",
  'spin.ts': 'export function spin(): void {\n  for (;;) {}\n}',
};
const SENTENCE =
  /^GOBLET_BUILD_APP_TIMEOUT: .*app\.ts was still loading after 30 seconds; move what waits into setup\n/;
const STACK = /[\s\S]*spin\.ts:2:\d+[\s\S]*app\.ts:3:\d+/;

test('goblet inventory and goblet local stop an app that loops, and show where', { timeout: 120_000 }, () => {
  using service = project(LOOP);
  for (const args of [['inventory'], ['local', '--port', '0']]) {
    const options = { cwd: service.folder, env: plainEnvironment, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [GOBLET, ...args], options);
    expect(status).toBe(1);
    const refusal = stderr.slice(stderr.indexOf('GOBLET_BUILD'));
    expect(refusal).toMatch(SENTENCE);
    expect(refusal).toMatch(STACK);
  }
});

test('the construct stops an app that loops, and shows where', { timeout: 120_000 }, () => {
  using service = project(LOOP);
  const make = () => new Goblet(new Stack(new App(), 'Stack'), 'Service', { entry: service.path('app.ts') });
  expect(make).toThrow(new RegExp(SENTENCE.source + STACK.source));
});
