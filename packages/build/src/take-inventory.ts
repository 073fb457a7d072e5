import { askChild } from './ask-child.js';
import { type Entry, type EntryOptions, resolveEntry } from './entry.js';
import type { InventoryReply } from './evaluate/child.js';
import type { Inventory } from './inventory.js';
import { inventoryEnvironment } from './inventory-environment.js';
import type { BuildWarning } from './warnings.js';

/** Options of `takeInventory`. */
export interface TakeInventoryOptions extends EntryOptions {
  /**
   * Milliseconds after which an app that is still loading is stopped.
   * @default 30 s
   */
  readonly timeout?: number;
  /** Packages that stay outside the bundle and are resolved from the app. */
  readonly external?: readonly string[];
  /**
   * Receives the output of the app while it loads.
   * @default - this process's stderr
   */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** The inventory of an app, and the files on which it depends. */
export interface TakenInventory {
  readonly inventory: Inventory;
  readonly entry: Entry;
  /** Absolute paths of every file of the app including dependencies, for a watcher. */
  readonly inputs: readonly string[];
  /** Warnings to read before the app is deployed. */
  readonly warnings: readonly BuildWarning[];
}

/**
 * Loads the app in a child process and describes it. The child's environment has only PATH, HOME and GOBLET_INVENTORY,
 * so the inventory depends on the source alone; `setup` does not run.
 * @throws BuildError for mistakes of the app, with its own stack trace in `detail`
 * @example const { inventory } = await takeInventory({ entry: 'src/app.ts' });
 */
export async function takeInventory(options: TakeInventoryOptions = {}): Promise<TakenInventory> {
  const entry = resolveEntry(options);
  const { external = [], timeout, onOutput } = options;
  const externals = external.flatMap((name) => ['--external', name]);
  const { inventory, inputs, warnings } = await askChild<InventoryReply>(['inventory', entry.file, ...externals], {
    file: entry.file,
    cwd: entry.project,
    environment: inventoryEnvironment(),
    ...(timeout === undefined ? {} : { timeout }),
    ...(onOutput === undefined ? {} : { onOutput }),
  });
  return { inventory, entry, inputs, warnings };
}
