import { defineConfig } from 'vitest/config';

const full = process.env.GOBLET_TESTS === 'full';
const exclude = ['**/node_modules/**', '**/dist/**', ...(full ? [] : ['**/*.full.test.ts'])];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'tests/{boundaries,packages}/**/*.test.ts',
            'tests/conformance/test-client.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'story',
          include: ['tests/{story,features}/**/*.test.ts', 'tests/conformance/{local,deployed}.test.ts'],
          exclude,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
