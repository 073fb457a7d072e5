import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build, context, type Metafile } from 'esbuild';
import { BuildError } from '../build-error.js';
import type { Entry } from '../entry.js';
import { nativePackage } from '../errors/bundle.js';
import type { Inventory } from '../inventory.js';
import { bundleError } from './esbuild-messages.js';
import { commonOptions } from './esbuild-options.js';
import { generatedEntry } from './generated-entry.js';
import { includedFiles } from './included-files.js';
import { nativePackages } from './native-packages.js';
import { outputContents } from './output-contents.js';

/**
 * The module that a Lambda function's handler setting refers to: `index.APIHandler`.
 * @example const code = bundle.files[BUNDLE_FILE];
 */
export const BUNDLE_FILE = 'index.mjs';

/** Options of `buildBundle` and `bundleContext`. */
export interface BundleOptions {
  readonly entry: Entry;
  readonly inventory: Inventory;
  /** Packages that stay outside the bundle, in the syntax of esbuild's `external`. */
  readonly external?: readonly string[];
  /** Files and folders to put beside the bundle, relative to the project, under the same paths. */
  readonly include?: readonly string[];
  /**
   * True if the bundle runs where the app's packages are installed: those with native builds then stay outside it, in
   * addition to `external`. Otherwise they are an error.
   * @default false
   */
  readonly installed?: boolean;
  /**
   * False for a readable bundle whose source map contains the sources.
   * @default true
   */
  readonly minify?: boolean;
}

/** The built functions of an app. */
export interface Bundle {
  /** Contents by name: `index.mjs`, `index.mjs.map`, native addons, and the included files. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Hex SHA-256 of the files. */
  readonly hash: string;
  /** Absolute paths of every bundled file, for a watcher. */
  readonly inputs: readonly string[];
  /** Packages that stay outside the bundle, which has to find them. */
  readonly external: readonly string[];
  readonly metafile: Metafile;
}

/**
 * One ES module for all functions of the app, including the AWS SDK. The bytes do not depend on the name of the
 * project's folder: paths in the source map are relative to the project.
 * @throws BuildError GOBLET_BUILD_BUNDLE_FAILED with esbuild's messages; GOBLET_BUILD_NATIVE_PACKAGE
 * @example
 * const { inventory, entry } = await takeInventory();
 * const bundle = await buildBundle({ entry, inventory, external: ['sharp'] });
 */
export async function buildBundle(options: BundleOptions): Promise<Bundle> {
  const result = await build(esbuildOptions(options)).catch((error: unknown) => {
    throw bundleError(error);
  });
  const { external = [], installed = false } = options;
  const native = installed && result.metafile ? nativePackages(result.metafile).map(({ name }) => name) : [];
  if (native.length === 0) return toBundle(result, options);
  return buildBundle({ ...options, external: [...external, ...native] });
}

/** A bundle that is built repeatedly; unchanged files are not parsed again. */
export interface BundleContext {
  rebuild(): Promise<Bundle>;
  dispose(): Promise<void>;
}

/**
 * Like `buildBundle`, for a watcher. The functions are those of the given inventory: create a new context when they
 * change.
 * @example
 * const bundler = await bundleContext({ entry, inventory });
 * const first = await bundler.rebuild();
 * await bundler.dispose();
 */
export async function bundleContext(options: BundleOptions): Promise<BundleContext> {
  const incremental = await context(esbuildOptions(options));
  return {
    rebuild: async () => {
      const result = await incremental.rebuild().catch((error: unknown) => {
        throw bundleError(error);
      });
      return toBundle(result, options);
    },
    dispose: () => incremental.dispose(),
  };
}

function esbuildOptions({ entry, inventory, external = [], minify = true }: BundleOptions): BuildOptions {
  const common = commonOptions(entry);
  return {
    ...common,
    stdin: {
      contents: generatedEntry(inventory, entry),
      resolveDir: entry.project,
      sourcefile: 'goblet-entry.js',
      loader: 'js',
    },
    outfile: join(entry.project, BUNDLE_FILE),
    minify,
    sourcemap: 'linked',
    sourcesContent: !minify,
    external: [...external],
    // Conditions replace esbuild's own, of which `module` is one.
    conditions: ['module', ...inventory.bundleConditions],
  };
}

function toBundle(result: BuildResult, { entry, external = [], include = [] }: BundleOptions): Bundle {
  const { metafile, outputFiles } = result;
  if (metafile === undefined || outputFiles === undefined) throw new Error('esbuild returned no output');
  refuseNativePackages(metafile);
  const included = includedFiles(include, entry);
  const files = { ...included.files, ...outputContents(outputFiles, BUNDLE_FILE) };
  return {
    files,
    hash: hashOf(files),
    inputs: [
      ...Object.keys(metafile.inputs)
        .filter((path) => path !== 'goblet-entry.js')
        .map((path) => resolve(entry.project, path)),
      ...included.sources,
    ],
    external,
    metafile,
  };
}

function refuseNativePackages(metafile: Metafile): void {
  const refused = nativePackages(metafile).find(({ isOptional }) => !isOptional);
  if (refused === undefined) return;
  throw new BuildError(nativePackage(refused.name, refused.importer));
}

function hashOf(files: Bundle['files']): string {
  const hash = createHash('sha256');
  for (const [name, contents] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex');
}
