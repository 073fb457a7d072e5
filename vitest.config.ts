import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const full = process.env.GOBLET_TESTS === 'full';
const exclude = ['**/node_modules/**', '**/dist/**', '**/fixtures/**', ...(full ? [] : ['**/*.full.test.ts'])];

/** A condition may take long on a busy machine: no test is about how long. */
const patient = { poll: { timeout: 20_000 } };

const CONSTRUCTS = ['packages/cdk/src/**/*.test.ts', 'examples/users-service/infra/**/*.test.ts'];

/** The construct's tests once more, on the oldest CDK that its peer range admits. */
const oldestCdk: TestProjectInlineConfiguration = {
  resolve: { alias: [{ find: /^(aws-cdk-lib|constructs)(?=\/|$)/, replacement: '$1-oldest' }] },
  test: {
    name: 'oldest-cdk',
    include: CONSTRUCTS,
    exclude,
    env: { GOBLET_TEST_CDK: 'oldest' },
    setupFiles: ['packages/cdk/src/tests/oldest-cdk.ts'],
    expect: patient,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
};

/** The parts of `goblet`, which its package.json looks for in `dist`: from its sources they are sources too. */
const partsOfGoblet = {
  name: 'parts-of-goblet',
  enforce: 'pre' as const,
  resolveId: (specifier: string, importer: string | undefined) => {
    const [, part] = /^#(parts\/[a-z]+)$/.exec(specifier) ?? [];
    const sources = join(import.meta.dirname, 'packages', 'goblet', 'src');
    return part && importer?.startsWith(sources) ? join(sources, `${part}.ts`) : undefined;
  },
};

export default defineConfig({
  test: {
    // One more than cores: many tests wait for processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/{build,cli,cloud,create-goblet}/src/**/*.test.ts',
            'tests/{artifacts,boundaries,cdk-init,packages,prose,recorded}/**/*.test.ts',
          ],
          exclude,
          expect: patient,
          // Files of one worker share the modules that they load: half of the time went into loading them again.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        plugins: [partsOfGoblet],
        test: {
          // These stub globals.
          name: 'isolated',
          include: [
            'packages/goblet/src/**/*.test.ts',
            'tests/conformance/test-client.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: [...exclude, ...CONSTRUCTS],
          expect: patient,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'constructs',
          include: CONSTRUCTS,
          exclude,
          expect: patient,
          // Files of one worker load the CDK once, and build each app once.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      ...(full ? [oldestCdk] : []),
      {
        test: {
          name: 'story',
          include: ['tests/{story,features,faults,corpus}/**/*.test.ts', 'tests/conformance/{local,deployed}.test.ts'],
          exclude,
          globalSetup: ['tests/features/one-cloud.ts'],
          expect: patient,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Files of one worker share the SDK's clients that they load.
          isolate: false,
        },
      },
    ],
  },
});
