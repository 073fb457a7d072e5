import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { fixture, unbundled } from './fixtures/stacks.js';

const require = createRequire(import.meta.url);
const oldest = process.env.GOBLET_TEST_CDK === 'oldest';

/** The folders from which this process has loaded files of a package, under whatever name it is installed. */
function loadedFrom(name: string): readonly string[] {
  const folder = new RegExp(`^.*\\${sep}node_modules\\${sep}${name}(?:-oldest)?(?=\\${sep})`);
  const folders = Object.keys(require.cache).flatMap((file) => folder.exec(file)?.[0] ?? []);
  return [...new Set(folders)];
}

test.each(['aws-cdk-lib', 'constructs'] as const)('there is one %s, of the version that this run is for', (name) => {
  const stack = new Stack(unbundled(), 'Stack');
  new Goblet(stack, 'Api', { entry: fixture('sixty-routes') });
  Template.fromStack(stack);
  const folders = loadedFrom(name);
  expect(folders).toHaveLength(1);
  const { version } = require(join(folders[0] ?? '', 'package.json'));
  expect(version).toBe(oldest ? manifest.peerDependencies[name].replace('^', '') : manifest.devDependencies[name]);
});
