import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildContext, context } from 'esbuild';
import { BuildError } from './build-error.js';
import { type Bundle, type BundleContext, bundleContext } from './bundle/bundle.js';
import { bundleError } from './bundle/esbuild-messages.js';
import { infrastructureDigest } from './digest.js';
import { type Entry, resolveEntry } from './entry.js';
import { type EvaluatedBundle, evaluatedBundle, evaluatedOptions } from './evaluate/load-module.js';
import { StandbyChild } from './evaluate/standby-child.js';
import { VendoredPackages } from './evaluate/vendored-packages.js';
import type { Inventory } from './inventory.js';
import { type TakeInventoryOptions, takeInventory } from './take-inventory.js';

/** Options of `appContext`. */
export interface AppContextOptions extends TakeInventoryOptions {
  /** Files and folders of the project to put beside the bundle. */
  readonly include?: readonly string[];
}

/** An app in the current state of its source. */
export interface RebuiltApp {
  readonly inventory: Inventory;
  /** Changes when functions, routes or needs change, like the digest that `goblet-build` gives the construct. */
  readonly digest: string;
  /** The same bytes that `goblet-build` writes for the construct. */
  readonly bundle: Bundle;
  /** Absolute paths of every file on which the inventory or the bundle depends. */
  readonly inputs: readonly string[];
}

/** An app that is built repeatedly; unchanged files are not parsed again. */
export interface AppContext {
  /** @throws BuildError if the app cannot be built or loaded */
  rebuild(): Promise<RebuiltApp>;
  dispose(): Promise<void>;
}

/**
 * Beside the work folders in which apps are evaluated, so that the paths in source maps are correct in each of them.
 */
const EVALUATED_FOLDER = join(tmpdir(), 'goblet-inventory');

/** Milliseconds after a rebuild before the process for the next one starts: functions restart in between. */
const REST = 300;

/**
 * Inventory and bundle of an app, for a watcher. Rebuilds run one after the other.
 * @throws BuildError GOBLET_BUILD_ENTRY_NOT_FOUND
 * @example
 * const app = appContext({ entry: 'src/app.ts' });
 * const { inventory } = await app.rebuild();
 * await app.dispose();
 */
export function appContext(options: AppContextOptions): AppContext {
  return new IncrementalApp(resolveEntry(options), options);
}

class IncrementalApp implements AppContext {
  #evaluated: Promise<BuildContext> | undefined;
  #bundler: BundleContext | undefined;
  /** The inventory for which the bundler was created. */
  #bundled = '';
  #standby: StandbyChild | undefined;
  #next: NodeJS.Timeout | undefined;
  /** True if the app's packages do not load separately from it. */
  #loadsWhole = false;
  private readonly packages: VendoredPackages;

  constructor(
    private readonly entry: Entry,
    private readonly options: AppContextOptions,
  ) {
    this.packages = new VendoredPackages(entry, options.external ?? []);
  }

  async rebuild(): Promise<RebuiltApp> {
    clearTimeout(this.#next);
    const bundler = this.#bundler;
    // Starts before we know whether the inventory is still the one for which the bundler was created.
    const early = bundler?.rebuild();
    early?.catch(() => {});
    const { inventory, inputs } = await this.#describe();
    const current = await this.#bundlerFor(inventory);
    const bundle = await (current === bundler && early !== undefined ? early : current.rebuild());
    return {
      inventory,
      digest: infrastructureDigest(inventory),
      bundle,
      inputs: [...new Set([...inputs, ...bundle.inputs])],
    };
  }

  /**
   * Loads the app with its packages bundled separately. If that fails, loads it as the construct does, because some
   * packages load only inside an app's own bundle.
   */
  async #describe(): Promise<{ inventory: Inventory; inputs: readonly string[] }> {
    const { entry, options } = this;
    if (this.#loadsWhole) return takeInventory({ ...options, entry: entry.file });
    const { files, inputs } = await this.#evaluatedBundle();
    const standby = this.#standBy();
    this.#standby = undefined;
    try {
      return { inventory: await standby.describe(files), inputs };
    } catch (error) {
      if (error instanceof BuildError && error.code !== 'GOBLET_BUILD_APP_THREW') throw error;
      const taken = await takeInventory({ ...options, entry: entry.file });
      this.#loadsWhole = true;
      return taken;
    } finally {
      this.#next = setTimeout(() => this.#standBy(), REST).unref();
    }
  }

  async #evaluatedBundle(): Promise<EvaluatedBundle> {
    const { entry, options, packages } = this;
    const evaluated = evaluatedOptions(entry, options.external ?? [], EVALUATED_FOLDER);
    this.#evaluated ??= context({ ...evaluated, plugins: [packages.plugin] });
    const result = await (await this.#evaluated).rebuild().catch((error: unknown) => {
      throw bundleError(error);
    });
    if (await packages.make()) {
      // It has loaded other packages than the app imports now.
      await this.#standby?.dispose();
      this.#standby = undefined;
    }
    return evaluatedBundle(result, entry);
  }

  #standBy(): StandbyChild {
    this.#standby ??= new StandbyChild(this.entry, this.options, this.packages.urls);
    return this.#standby;
  }

  /** The bundler for this inventory. Most edits keep the current one. */
  async #bundlerFor(inventory: Inventory): Promise<BundleContext> {
    const key = JSON.stringify([inventory.functions, inventory.bundleConditions]);
    if (this.#bundler !== undefined && key === this.#bundled) return this.#bundler;
    await this.#bundler?.dispose();
    const { external = [], include = [] } = this.options;
    this.#bundler = await bundleContext({ entry: this.entry, inventory, external, include });
    this.#bundled = key;
    return this.#bundler;
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#next);
    await this.#standby?.dispose();
    await (await this.#evaluated)?.dispose();
    await this.#bundler?.dispose();
    this.packages.dispose();
  }
}
