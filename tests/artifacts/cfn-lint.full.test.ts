import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createProject } from 'create-goblet';
import { afterAll, expect, test } from 'vitest';
import { plainEnvironment, root } from '../processes/commands.js';
import { run } from '../processes/running-process.js';

const LINTER = 'cfn-lint';
const atHand = await run(LINTER, ['--version'], { cwd: root, env: plainEnvironment }).then(
  ({ exitCode }) => exitCode === 0,
  () => false,
);

// Below the root, where what the apps import is found.
const folder = join(root, '.story', `cfn-lint-${process.pid}`);
const project = join(folder, 'orders');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Beside what the construct's own tests lint: its features and the users service. */
const INFRA = [
  'tests/conformance/infra/app.ts',
  ...readdirSync(join(root, 'tests', 'features'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `tests/features/${name}/infra.ts`),
];

/** The templates of a CDK app, made as `cdk synth` makes them, but for the bundles. */
async function templatesOf(name: string, file: string, cwd: string): Promise<readonly string[]> {
  const out = join(folder, `${name}.out`);
  const { exitCode, output } = await run(process.execPath, ['--import', 'tsx', file], {
    cwd,
    env: {
      ...plainEnvironment,
      ISSUER: 'https://issuer.example',
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: '{"aws:cdk:bundling-stacks":[]}',
    },
  });
  expect(exitCode, output).toBe(0);
  const templates = readdirSync(out).filter((path) => path.endsWith('.template.json'));
  expect(templates).not.toEqual([]);
  return templates.map((path) => join(out, path));
}

test.skipIf(!atHand)(
  'cfn-lint, where it is at hand, finds nothing in the templates of any CDK app of the repository',
  { timeout: 180_000 },
  async () => {
    mkdirSync(folder, { recursive: true });
    createProject(project, '0.1.0');
    const made = await Promise.all([
      ...INFRA.map((file) => templatesOf(file.replace(/\W/g, '-'), file, root)),
      templatesOf('orders', 'infra/app.ts', project),
    ]);
    // W3005: CDK writes DependsOn beside references.
    const lint = await run(LINTER, ['--ignore-checks', 'W3005', '--', ...made.flat()], {
      cwd: folder,
      env: plainEnvironment,
    });
    expect(lint).toEqual({ exitCode: 0, output: '' });
  },
);
