import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment } from '../processes/commands.js';

const SENTENCE =
  /^GOBLET_BUILD_APP_TIMEOUT: .*app\.ts was still loading after 30 seconds; move the waiting code into setup\n/;

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly stack: RegExp;
}

describe.each<Case>([
  {
    what: 'loops',
    files: {
      'app.ts': "import { spin } from './spin.js';\n\nspin();",
      'spin.ts': 'export function spin(): void {\n  for (;;) {}\n}',
    },
    stack: /[\s\S]*spin\.ts:2:\d+[\s\S]*app\.ts:3:\d+/,
  },
  {
    what: 'waits on an open timer',
    files: {
      'app.ts': "import { wait } from './wait.js';\n\nawait wait();",
      'wait.ts':
        'export async function wait(): Promise<void> {\n  await new Promise((resolve) => setTimeout(resolve, 86_400_000));\n}',
    },
    stack: /[\s\S]*wait\.ts:2:\d+[\s\S]*app\.ts:3:\d+/,
  },
  {
    what: 'waits for an answer on an open socket',
    files: {
      'app.ts': [
        "import { once } from 'node:events';",
        "import { createServer } from 'node:net';",
        "const server = createServer().listen(0, '127.0.0.1');",
        "await once(server, 'listening');",
        "await once(server, 'connection');",
      ].join('\n'),
    },
    stack: /[\s\S]*app\.ts:5:\d+/,
  },
])('an app that $what', ({ files, stack }) => {
  test.each([
    ['goblet inventory', ['inventory']],
    ['goblet local', ['local', '--port', '0']],
  ])('is stopped by %s, which shows where and leaves nothing', { timeout: 120_000 }, (_, args) => {
    using service = project(files);
    const temporary = service.path('temporary');
    mkdirSync(temporary);
    const env = { ...plainEnvironment, TMPDIR: temporary };
    const options = { cwd: service.folder, env, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [GOBLET, ...args], options);
    expect(status).toBe(1);
    const refusal = stderr.slice(stderr.indexOf('GOBLET_BUILD'));
    expect(refusal).toMatch(SENTENCE);
    expect(refusal).toMatch(stack);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is stopped by the construct, which shows where', { timeout: 120_000 }, () => {
    using service = project(files);
    const make = () => new Goblet(new Stack(new App(), 'Stack'), 'Service', { entry: service.path('app.ts') });
    expect(make).toThrow(new RegExp(SENTENCE.source + stack.source));
  });
});
