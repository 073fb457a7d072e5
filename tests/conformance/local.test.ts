import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { allCases, checkCase, type Send } from './conformance-case.js';
import { rawClient } from './raw-client.js';

let local: RunningProcess;
let send: Send & Disposable;

beforeAll(async () => {
  local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', '0', '--entry', 'service/app.ts'], {
    cwd: import.meta.dirname,
    env: { ...plainEnvironment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
  });
  const [, base = ''] = await local.printed(/serving on (http:\S+)/);
  send = rawClient(base);
});

afterAll(async () => {
  send?.[Symbol.dispose]();
  await local?.[Symbol.asyncDispose]();
  expect(local?.groupIsAlive()).toBe(false);
});

describe.concurrent.each(allCases())('%s', (_file, cases) => {
  test.for(cases)('$name', (one) => checkCase(one, send));
});
