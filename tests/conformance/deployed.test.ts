import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CDK, GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';
import { type ApiKind, casesFor, checkCase, type Send } from './conformance-case.js';
import { rawClient } from './raw-client.js';

const folder = join(root, '.story', `conformance-${process.pid}`);
const data = ['--data', join(folder, '.goblet')];
const infra = join(import.meta.dirname, 'infra');
let cloud: RunningProcess;
let clients: Record<ApiKind, Send & Disposable>;

const STACKS: [ApiKind, stack: string][] = [
  ['rest', 'Conformance'],
  ['http', 'ConformanceHttp'],
];

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
      ...[GOBLET, 'exec', ...data, '--', process.execPath, CDK, 'deploy', '--all', '--require-approval', 'never'],
      ...['--output', join(folder, 'cdk.out'), '--outputs-file', outputs],
    ],
    { cwd: infra, env: plainEnvironment },
  );
  expect(exitCode, output).toBe(0);
  const deployed: Record<string, { EndpointURL: string }> = JSON.parse(readFileSync(outputs, 'utf8'));
  const client = (stack: string) => rawClient(deployed[stack]?.EndpointURL ?? '');
  clients = { rest: client('Conformance'), http: client('ConformanceHttp') };
});

afterAll(async () => {
  for (const client of Object.values(clients ?? {})) client[Symbol.dispose]();
  await cloud?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(STACKS)('as the %s API of the stack %s', (api) => {
  const send: Send = (...request) => clients[api](...request);
  describe.concurrent.each(casesFor(api))('%s', (_file, cases) => {
    test.for(cases)('$name', (one) => checkCase(one, send));
  });
});
