import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleError } from '../bundle/esbuild-messages.js';
import { commonOptions } from '../bundle/esbuild-options.js';
import type { Entry } from '../entry.js';
import { linkPackages } from './link-packages.js';

/** Marks the plugin's own question, which it leaves to esbuild. */
const OWN = Symbol('own');

/**
 * The installed packages that an app imports, bundled once beside it: they are most of what is parsed, linked and
 * loaded, and do not change while somebody edits the app.
 */
export class VendoredPackages {
  readonly #folder = mkdtempSync(join(tmpdir(), 'goblet-packages-'));
  /** The files that the app imports, by the names that they are bundled under. */
  readonly #wanted = new Map<string, string>();
  #made = 0;

  constructor(
    private readonly entry: Entry,
    private readonly external: readonly string[],
  ) {}

  /** Leads an app's imports of installed packages to the bundled ones. */
  readonly plugin: Plugin = {
    name: 'goblet-vendored-packages',
    setup: ({ onResolve, resolve }) => {
      // Bare names alone; `#imports` lead into the project.
      onResolve({ filter: /^[^./#]/ }, async ({ path, pluginData, kind, importer, namespace, resolveDir }) => {
        if (pluginData === OWN || (kind !== 'import-statement' && kind !== 'dynamic-import')) return undefined;
        const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: OWN });
        const installed = found.path.split(sep).includes('node_modules');
        if (found.errors.length > 0 || found.external || !installed || !/\.[cm]?js$/.test(found.path)) return found;
        const name = createHash('sha256').update(found.path).digest('hex').slice(0, 16);
        this.#wanted.set(name, found.path);
        return { path: pathToFileURL(join(this.#folder, `${name}.mjs`)).href, external: true };
      });
    },
  };

  /** Bundles what the app imports and is not there yet; true where that was something. */
  async make(): Promise<boolean> {
    if (this.#wanted.size === this.#made) return false;
    this.#made = this.#wanted.size;
    const made = build({
      ...commonOptions(this.entry),
      write: true,
      entryPoints: Object.fromEntries(this.#wanted),
      outdir: this.#folder,
      outExtension: { '.js': '.mjs' },
      splitting: true,
      keepNames: true,
      external: [...this.external],
    });
    await made.catch((error: unknown) => {
      throw bundleError(error);
    });
    linkPackages(this.external, this.entry, this.#folder);
    return true;
  }

  /** Addresses of all that is bundled, to be loaded ahead of the app. */
  get urls(): readonly string[] {
    return [...this.#wanted.keys()].map((name) => pathToFileURL(join(this.#folder, `${name}.mjs`)).href);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
