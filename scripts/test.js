#!/usr/bin/env node
// Set-up, lint, types, tests; the first failure ends the run with its exit code. `--full` adds the slow tier.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const full = process.argv.includes('--full');
const report = join(root, 'node_modules', '.cache', 'goblet-setup', 'tests.json');

function run(title, command, args, env = {}) {
  console.log(`\n${title}`);
  const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  return status ?? 1;
}

function stopOn(status) {
  if (status !== 0) process.exit(status);
}

console.log('goblet: setting up');
setup();
stopOn(run('lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']));
stopOn(run('types', 'typescript-7.0/bin/tsc', ['-p', 'tsconfig.tests.json']));
if (full) stopOn(run('types at the oldest CDK', 'typescript-7.0/bin/tsc', ['-p', 'packages/cdk/tsconfig.oldest.json']));
mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
const status = run(
  full ? 'tests, full' : 'tests',
  'vitest/vitest.mjs',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  full ? { GOBLET_TESTS: 'full' } : {},
);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, message, assertionResults } of testResults) {
    if (message) console.log(`failed: ${relative(root, name)}: ${message}`);
    for (const { status, fullName } of assertionResults)
      if (status === 'failed') console.log(`failed: ${relative(root, name)}: ${fullName}`);
  }
  console.log(
    `\n${numPassedTests} passed, ${numFailedTests} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`,
  );
}
process.exit(status);
