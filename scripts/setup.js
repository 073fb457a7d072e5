#!/usr/bin/env node
// Installs from the lock file and builds, if that is not done yet. It runs before anything is installed, so it uses only Node.js.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'node_modules', '.cache', 'goblet-setup');

const INSTALL_INPUTS = ['package.json', 'package-lock.json', '.npmrc'];
const BUILD_INPUTS = ['tsconfig.base.json', 'tsconfig.json', 'package-lock.json'];
const BUILD_OUTPUTS = [
  'goblet/dist',
  'build/dist',
  'cdk/dist',
  'cloud/dist/bundle/index.js',
  'cli/dist',
  'create-goblet/dist',
];

/** The digest of the files' contents; a folder counts with all its files. */
function digest(paths) {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    if (statSync(full).isDirectory()) {
      const files = readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
      for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
    } else {
      hash.update(path).update(readFileSync(full));
    }
  }
  return hash.digest('hex');
}

/** Runs one step unless its inputs are as they were when it last succeeded; says which. */
function step(name, inputs, isThere, doing, done, command, args) {
  const stamp = join(stamps, name);
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (isThere() && before === digest(inputs)) {
    console.log(`  ${done} already`);
    return;
  }
  console.log(`  ${doing} …`);
  const started = Date.now();
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error(`goblet: ${doing} failed (${result.error?.message ?? `exit code ${result.status}`})`);
    process.exit(1);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, digest(inputs));
  console.log(`  ${done} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Brings a clone to where everything runs. Exits the process with 1 where that fails. */
export function setup() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`goblet: needs Node.js 20.19 or newer, but this is ${process.version}`);
    process.exit(1);
  }
  const packages = readdirSync(join(root, 'packages'));
  const manifests = packages.map((name) => `packages/${name}/package.json`);
  step(
    'install',
    [...INSTALL_INPUTS, ...manifests],
    () => existsSync(join(root, 'node_modules', '.package-lock.json')),
    'installing dependencies',
    'dependencies installed',
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
  );
  step(
    'build',
    [
      ...BUILD_INPUTS,
      ...packages.flatMap((name) => ['src', 'scripts', 'tsconfig.json'].map((part) => `packages/${name}/${part}`)),
    ],
    () => BUILD_OUTPUTS.every((output) => existsSync(join(root, 'packages', output))),
    'building packages',
    'packages built',
    'npm',
    ['run', '--silent', 'build'],
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log('goblet: setting up');
  setup();
}
