import { spawnSync } from 'node:child_process';
import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment } from '../processes/commands.js';

const DEEP = "export function fail(): never {\n  throw new RangeError('too far');\n}";

const NEVER = 'export async function wait(): Promise<void> {\n  await new Promise(() => {});\n}';

/** What does not load, the sentence in front, and where the stack leads. */
const CASES: readonly {
  readonly app: string;
  readonly files: Readonly<Record<string, string>>;
  readonly sentence: string;
  readonly stack: RegExp;
}[] = [
  {
    app: 'throws',
    files: { 'app.ts': "import { fail } from './deep.js';\n\nfail();\nexport const app = 1;", 'deep.ts': DEEP },
    sentence: 'GOBLET_BUILD_APP_THREW: app.ts threw while it loaded: too far',
    stack: /deep\.ts:2:\d+[\s\S]*app\.ts:3:\d+/,
  },
  {
    app: 'ends the process',
    files: { 'app.ts': '\nprocess.exit(3);' },
    sentence: 'GOBLET_BUILD_APP_EXITED: app.ts called process.exit(3) while it loaded',
    stack: /app\.ts:2:\d+/,
  },
  {
    app: 'waits for what never comes',
    files: { 'app.ts': "import { wait } from './deep.js';\n\nawait wait();", 'deep.ts': NEVER },
    sentence:
      'GOBLET_BUILD_APP_TIMEOUT: app.ts waits at a top-level await that never resolves; move the waiting code into setup',
    stack: /deep\.ts:2:\d+[\s\S]*app\.ts:3:\d+/,
  },
];

function command(folder: string, ...args: readonly string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [GOBLET, ...args], {
    cwd: folder,
    env: plainEnvironment,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  return stderr;
}

const WAYS: readonly (readonly [string, (folder: string) => string])[] = [
  ['goblet inventory', (folder) => command(folder, 'inventory')],
  ['goblet package', (folder) => command(folder, 'package', 'out')],
  // Its first line says which AWS the app's calls go to.
  ['goblet local', (folder) => command(folder, 'local', '--port', '0').replace(/^.*\n/, '')],
  [
    'the construct',
    (folder) => {
      try {
        new Goblet(new Stack(new App(), 'Stack'), 'Service', { entry: folder });
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      throw new Error('nothing was refused');
    },
  ],
];

describe.each(CASES)('an app that $app is refused', ({ files, sentence, stack }) => {
  test.each(WAYS)('by %s, one sentence in front of its own stack in lines of its source', (_, refusalOf) => {
    using service = project(files);
    const [first, ...rest] = refusalOf(service.folder).split('\n');
    expect(first).toBe(sentence);
    expect(rest.join('\n')).toMatch(stack);
  });
});
