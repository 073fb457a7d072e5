import { askChild } from './ask-child.js';
import { type Entry, type EntryOptions, resolveEntry } from './entry.js';
import type { InventoryReply } from './evaluate/child.js';
import type { Inventory } from './inventory.js';
import { inventoryEnvironment } from './inventory-environment.js';
import type { BuildWarning } from './warnings.js';

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
  /** What deserves a look before the app is deployed. */
  readonly warnings: readonly BuildWarning[];
}

/**
 * Loads the app in a child process and describes it. The child's environment is PATH, HOME and GOBLET_INVENTORY alone,
 * so that the inventory depends on source alone; `setup` does not run.
 * @throws BuildError saying what the app did wrong, with its own stack in `detail`
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
