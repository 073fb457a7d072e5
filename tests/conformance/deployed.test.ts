import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CDK, GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';
import { allCases, checkCase, type Send } from './conformance-case.js';
import { rawClient } from './raw-client.js';

const folder = join(root, '.story', `conformance-${process.pid}`);
const data = ['--data', join(folder, '.goblet')];
const infra = join(import.meta.dirname, 'infra');
let cloud: RunningProcess;
let send: Send & Disposable;

beforeAll(async () => {
  mkdirSync(join(folder, '.goblet'), { recursive: true });
  cloud = RunningProcess.start(process.execPath, [GOBLET, 'cloud', '--ephemeral', '--port', '0', ...data], {
    cwd: folder,
    env: plainEnvironment,
  });
  await cloud.printed(/IAM is enforced/);
  const outputs = join(folder, 'outputs.json');
  const { exitCode, output } = await run(
    process.execPath,
    [
      ...[GOBLET, 'exec', ...data, '--', process.execPath, CDK, 'deploy', '--require-approval', 'never'],
      ...['--output', join(folder, 'cdk.out'), '--outputs-file', outputs],
    ],
    { cwd: infra, env: plainEnvironment },
  );
  expect(exitCode, output).toBe(0);
  send = rawClient(JSON.parse(readFileSync(outputs, 'utf8')).Conformance.EndpointURL);
});

afterAll(async () => {
  send?.[Symbol.dispose]();
  await cloud?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe.concurrent.each(allCases())('%s', (_file, cases) => {
  test.for(cases)('$name', (one) => checkCase(one, send));
});
