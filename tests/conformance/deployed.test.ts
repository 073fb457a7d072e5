import { afterAll, beforeAll, describe, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';
import { type ApiKind, casesFor, checkCase, type Send } from './conformance-case.js';
import { rawClient } from './raw-client.js';

let app: DeployedApp;
let clients: Record<ApiKind, Send & Disposable>;

const STACKS: [ApiKind, stack: string][] = [
  ['rest', 'Conformance'],
  ['http', 'ConformanceHttp'],
];

beforeAll(async () => {
  app = await DeployedApp.deploy('tests/conformance/infra/app.ts');
  const client = (stack: string) => rawClient(app.output(stack));
  clients = { rest: client('Conformance'), http: client('ConformanceHttp') };
});

afterAll(async () => {
  for (const client of Object.values(clients ?? {})) client[Symbol.dispose]();
  await app?.[Symbol.asyncDispose]();
});

describe.each(STACKS)('as the %s API of the stack %s', (api) => {
  const send: Send = (...request) => clients[api](...request);
  describe.concurrent.each(casesFor(api))('%s', (_file, cases) => {
    test.for(cases)('$name', (one) => checkCase(one, send));
  });
});
