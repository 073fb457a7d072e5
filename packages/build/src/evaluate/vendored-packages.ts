import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleError } from '../bundle/esbuild-messages.js';
import { commonOptions } from '../bundle/esbuild-options.js';
import type { Entry } from '../entry.js';
import { linkPackages } from './link-packages.js';

/** Marks the plugin's own resolve request, which it leaves to esbuild. */
const OWN = Symbol('own');

/** Loads the packages that stay outside the bundle. */
const EXTERNALS = 'externals.mjs';

/**
 * The installed packages that an app imports, bundled once beside it. They are most of the code to parse, link and
 * load, and do not change while somebody edits the app.
 */
export class VendoredPackages {
  readonly #folder = mkdtempSync(join(tmpdir(), 'goblet-packages-'));
  /** The files that the app imports, by the names under which they are bundled. */
  readonly #wanted = new Map<string, string>();
  /** How many of them are bundled; `undefined` before the first time. */
  #made: number | undefined;

  constructor(
    private readonly entry: Entry,
    private readonly external: readonly string[],
  ) {}

  /** Redirects an app's imports of installed packages to the bundled ones. */
  readonly plugin: Plugin = {
    name: 'goblet-vendored-packages',
    setup: ({ onResolve, resolve }) => {
      // Only bare names; `#imports` resolve inside the project.
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

  /** Bundles packages that the app imports and that are not bundled yet; returns true if there were any. */
  async make(): Promise<boolean> {
    const { size } = this.#wanted;
    if (size === this.#made) return false;
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
    const imports = this.external.map((name) => `import(${JSON.stringify(name)})`);
    writeFileSync(join(this.#folder, EXTERNALS), `await Promise.allSettled([${imports.join(', ')}]);\n`);
    this.#made = size;
    return true;
  }

  /** URLs of all packages that the app imports, to be loaded in advance. */
  get urls(): readonly string[] {
    if (this.#made === undefined) return [];
    const files = [EXTERNALS, ...[...this.#wanted.keys()].map((name) => `${name}.mjs`)];
    return files.map((name) => pathToFileURL(join(this.#folder, name)).href);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
