import { type Bundle, type BundleContext, bundleContext } from './bundle/bundle.js';
import { infrastructureDigest } from './digest.js';
import { resolveEntry } from './entry.js';
import type { Inventory } from './inventory.js';
import { type TakeInventoryOptions, takeInventory } from './take-inventory.js';

export interface AppContextOptions extends TakeInventoryOptions {
  /** Files and folders of the project that go beside the bundle. */
  readonly include?: readonly string[];
}

/** An app as it is in source now. */
export interface RebuiltApp {
  readonly inventory: Inventory;
  /** It changes when functions, routes or needs do, as the one that `goblet-build` gives the construct. */
  readonly digest: string;
  /** The same bytes as `goblet-build` writes for the construct. */
  readonly bundle: Bundle;
  /** Absolute paths of every file that the inventory or the bundle depend on. */
  readonly inputs: readonly string[];
}

/** An app that is built again and again; what has not changed is not parsed twice. */
export interface AppContext {
  /** @throws BuildError for what keeps the app from being built or loaded */
  rebuild(): Promise<RebuiltApp>;
  dispose(): Promise<void>;
}

/**
 * Inventory and bundle of an app, for a watcher. Rebuilds come one after the other.
 * @throws BuildError GOBLET_BUILD_ENTRY_NOT_FOUND
 */
export function appContext(options: AppContextOptions): AppContext {
  const { external = [], include = [] } = options;
  const entry = resolveEntry(options);
  let bundler: BundleContext | undefined;
  let bundled = '';

  /** The bundler for this inventory: most edits leave the one there is as it was. */
  async function bundlerFor(inventory: Inventory): Promise<BundleContext> {
    const key = JSON.stringify([inventory.functions, inventory.bundleDefine]);
    if (bundler !== undefined && key === bundled) return bundler;
    await bundler?.dispose();
    bundler = await bundleContext({ entry, inventory, external, include });
    bundled = key;
    return bundler;
  }

  return {
    rebuild: async () => {
      const before = bundler;
      // Begun before it is known whether the inventory is still the one that it was made for.
      const early = before?.rebuild();
      early?.catch(() => {});
      const { inventory, inputs } = await takeInventory({ ...options, entry: entry.file });
      const current = await bundlerFor(inventory);
      const bundle = await (current === before && early !== undefined ? early : current.rebuild());
      return {
        inventory,
        digest: infrastructureDigest(inventory),
        bundle,
        inputs: [...new Set([...inputs, ...bundle.inputs])],
      };
    },
    dispose: async () => bundler?.dispose(),
  };
}
