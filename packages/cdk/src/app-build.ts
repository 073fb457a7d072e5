import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noAnswer, stillLoading } from './errors/app.js';
import { GobletError } from './goblet-error.js';
import { type AppBuild, explainedStack, parseReply } from './inventory.js';

export interface BuildRequest {
  readonly entry: string | URL;
  /** Packages that stay outside the bundle. */
  readonly external: readonly string[];
  /** Files and folders of the project to put beside the bundle. */
  readonly include: readonly string[];
  /** False skips the bundle, but never the inventory. */
  readonly bundle: boolean;
}

const TIMEOUT = 30_000;
const MAX_REPLY = 256 * 1024 * 1024;

const builds = new Map<string, AppBuild>();

/**
 * The inventory, and the bundle if requested, from one run of `goblet-build`. An app is built once in a process, no
 * matter how many stacks use it.
 * @throws GobletError with the code of the error of `goblet-build`
 */
export function appBuild(request: BuildRequest): AppBuild {
  const entry = entryPath(request.entry);
  const key = JSON.stringify([entry, request.external, request.include]);
  const known = builds.get(key);
  if (known !== undefined && (known.bundle !== undefined || !request.bundle)) return known;
  const built = runBuild(entry, request);
  builds.set(key, built);
  return built;
}

function entryPath(entry: string | URL): string {
  return resolve(entry instanceof URL || entry.startsWith('file:') ? fileURLToPath(entry) : entry);
}

function runBuild(entry: string, { external, include, bundle }: BuildRequest): AppBuild {
  const bin = join(dirname(require.resolve('@goblet/build/package.json')), 'bin', 'goblet-build.js');
  const options = [
    ...external.flatMap((name) => ['--external', name]),
    ...include.flatMap((path) => ['--include', path]),
    ...(bundle ? ['--bundle', temporaryFolder('goblet-bundle-')] : []),
  ];
  const { PATH = '', HOME = '' } = process.env;
  const gobletBuild = (...args: readonly string[]) =>
    spawnSync(process.execPath, [bin, ...args, '--fd', '3'], {
      env: { PATH, HOME, GOBLET_INVENTORY: '1' },
      stdio: ['ignore', 2, 2, 'pipe'],
      timeout: TIMEOUT,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_REPLY,
    });
  // Created here, because a killed process has no time to remove it.
  const workFolder = temporaryFolder('goblet-inventory-');
  const run = gobletBuild('app', entry, ...options, '--work', workFolder);
  const text = run.output?.[3]?.toString() ?? '';
  if (text !== '') return parseReply(text);
  if (run.signal === 'SIGKILL') {
    const explained = gobletBuild('explain', '--work', workFolder).output?.[3]?.toString() ?? '';
    throw new GobletError(stillLoading(entry, TIMEOUT, explainedStack(explained)));
  }
  throw new GobletError(noAnswer(entry, run.status ?? run.signal));
}

/** CDK copies assets into the cloud assembly at once, so the folder can be removed with the process. */
function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
