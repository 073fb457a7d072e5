import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Entry, type EntryOptions, resolveEntry } from './entry.js';
import { BuildError, fromFailure } from './errors.js';
import type { InventoryReply } from './evaluate/child.js';
import type { Inventory } from './inventory.js';

export interface TakeInventoryOptions extends EntryOptions {
  /** Milliseconds after which an app that is still loading is stopped; 30 s by default. */
  readonly timeout?: number;
  /** Packages that stay outside the bundle, found where the app finds them. */
  readonly external?: readonly string[];
  /** Receives what the app prints while it is loaded; this process's stderr by default. */
  readonly onOutput?: (chunk: Buffer) => void;
}

export interface TakenInventory {
  readonly inventory: Inventory;
  readonly entry: Entry;
  /** Absolute paths of every file of the app, dependencies included: what a watcher watches. */
  readonly inputs: readonly string[];
}

const BIN = fileURLToPath(new URL('../bin/goblet-build.js', import.meta.url));
const TIMEOUT = 30_000;

/**
 * Loads the app in a child process and describes it. The child's environment is PATH, HOME and GOBLET_INVENTORY alone,
 * so that the inventory depends on source alone; `setup` does not run.
 * @throws BuildError saying what the app did wrong, with its own stack in `detail`
 */
export async function takeInventory(options: TakeInventoryOptions = {}): Promise<TakenInventory> {
  const entry = resolveEntry(options);
  const answer = await askChild(entry, options);
  if ('failure' in answer) throw fromFailure(answer.failure);
  return { inventory: answer.inventory, entry, inputs: answer.inputs };
}

function askChild(entry: Entry, options: TakeInventoryOptions): Promise<InventoryReply> {
  const { timeout = TIMEOUT, external = [], onOutput = (chunk) => process.stderr.write(chunk) } = options;
  return new Promise((resolve, reject) => {
    const externals = external.flatMap((name) => ['--external', name]);
    const child = spawn(process.execPath, [BIN, 'inventory', entry.file, '--fd', '3', ...externals], {
      cwd: entry.project,
      env: inventoryEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const text = Buffer.concat(chunks).toString();
      if (text !== '') resolve(JSON.parse(text) as InventoryReply);
      else reject(silentChild(entry.file, code, signal, timeout));
    });
  });
}

function inventoryEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { ...(PATH === undefined ? {} : { PATH }), ...(HOME === undefined ? {} : { HOME }), GOBLET_INVENTORY: '1' };
}

function silentChild(file: string, code: number | null, signal: NodeJS.Signals | null, timeout: number): BuildError {
  if (signal === 'SIGKILL') {
    return new BuildError(
      'GOBLET_BUILD_APP_TIMEOUT',
      `${file} was still loading after ${timeout / 1000} seconds; move what waits into setup`,
    );
  }
  return new BuildError(
    'GOBLET_BUILD_APP_EXITED',
    `${file} ended the process while it was loaded (exit code ${code ?? signal})`,
  );
}
