import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { allCases, type ConformanceCase, checkCase, type Send } from './conformance-case.js';
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

// A process that ends closes the connections that are idle at that moment, and a request may just be on its way on one.
const ends = ({ request }: ConformanceCase) => request.path === '/ends';
const files = allCases().map(([file, cases]) => [file, cases.filter((one) => !ends(one))] as const);

describe.concurrent.each(files)('%s', (_file, cases) => {
  test.for(cases)('$name', (one) => checkCase(one, send));
});

describe('once all others are answered', () => {
  test.for(allCases().flatMap(([, cases]) => cases.filter(ends)))('$name', (one) => checkCase(one, send));
});
