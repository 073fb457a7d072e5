import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './import-graph.js';

// Packages that may not import one another state some facts of AWS twice.

const cdk: { readonly SET_BY_LAMBDA: readonly string[] } = await import(
  join(root, 'packages', 'cdk', 'src', 'environment.ts')
);
const cloud: { readonly RESERVED_VARIABLES: ReadonlySet<string> } = await import(
  join(root, 'packages', 'cloud', 'src', 'services', 'lambda', 'functions', 'environment-variables.ts')
);

test('the construct and the local cloud refuse the same environment variables', () => {
  expect([...cdk.SET_BY_LAMBDA].sort()).toEqual([...cloud.RESERVED_VARIABLES].sort());
  expect(cdk.SET_BY_LAMBDA).toContain('AWS_REGION');
});
