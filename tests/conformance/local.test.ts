import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { type ApiKind, type ConformanceCase, casesFor, checkCase, type Send } from './conformance-case.js';
import { rawClient } from './raw-client.js';

// A process that ends closes the connections that are idle at that moment, and a request may just be on its way on one.
const ends = ({ request }: ConformanceCase) => request.path === '/ends';

const APPS: [ApiKind, entry: string][] = [
  ['rest', 'service/app.ts'],
  ['http', 'service/http.ts'],
];

describe.each(APPS)('as the %s API of %s', (api, entry) => {
  let local: RunningProcess;
  let client: Send & Disposable;
  const send: Send = (...request) => client(...request);

  beforeAll(async () => {
    local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', '0', '--entry', entry], {
      cwd: import.meta.dirname,
      env: { ...plainEnvironment, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    });
    const [, base = ''] = await local.printed(/serving on (http:\S+)/);
    client = rawClient(base);
  });

  afterAll(async () => {
    client?.[Symbol.dispose]();
    await local?.[Symbol.asyncDispose]();
    expect(local?.groupIsAlive()).toBe(false);
  });

  const files = casesFor(api);
  describe.concurrent.each(files)('%s', (_file, cases) => {
    test.for(cases.filter((one) => !ends(one)))('$name', (one) => checkCase(one, send));
  });

  describe('once all others are answered', () => {
    test.for(files.flatMap(([, cases]) => cases.filter(ends)))('$name', (one) => checkCase(one, send));
  });
});
