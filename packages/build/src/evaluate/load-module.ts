import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build } from 'esbuild';
import { BuildError } from '../build-error.js';
import { bundleError } from '../bundle/esbuild-messages.js';
import { commonOptions } from '../bundle/esbuild-options.js';
import { nativePackages } from '../bundle/native-packages.js';
import { outputContents } from '../bundle/output-contents.js';
import type { Entry } from '../entry.js';
import { appThrew } from '../errors/loading.js';
import { guardedImport } from './guarded-import.js';
import { linkPackages } from './link-packages.js';

export interface LoadedModule<T> {
  readonly value: T;
  /** Absolute paths of every bundled file. */
  readonly inputs: readonly string[];
}

/** The bundle's name in the folder in which it is evaluated. */
export const EVALUATED_FILE = 'index.mjs';

/**
 * Bundles a file into `folder`, imports it and reads its exports. For the child process: the user's code runs here, and
 * also in `read` if an export has getters.
 * @throws BuildError for errors of the bundler, of the file, and of `read`
 */
export async function loadModule<T>(
  entry: Entry,
  external: readonly string[],
  folder: string,
  read: (moduleExports: Readonly<Record<string, unknown>>) => T,
): Promise<LoadedModule<T>> {
  const bundled = async (outside: readonly string[]) =>
    build(evaluatedOptions(entry, outside, folder)).catch((error: unknown) => {
      throw bundleError(error);
    });
  const first = await bundled(external);
  // Packages find their native builds where they are installed.
  const native = first.metafile ? nativePackages(first.metafile).map(({ name }) => name) : [];
  const outside = [...external, ...native];
  const { files, inputs } = evaluatedBundle(native.length > 0 ? await bundled(outside) : first, entry);
  writeEvaluated(files, folder);
  return { value: await evaluateModule(entry, outside, folder, read), inputs };
}

/** The esbuild options for a file that is evaluated in `folder`; its source map is relative to that folder. */
export function evaluatedOptions(entry: Entry, external: readonly string[], folder: string): BuildOptions {
  return {
    ...commonOptions(entry),
    entryPoints: [entry.file],
    outfile: join(folder, EVALUATED_FILE),
    sourcemap: 'linked',
    sourcesContent: false,
    keepNames: true,
    external: [...external],
  };
}

export interface EvaluatedBundle {
  /** Contents by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Absolute paths of every bundled file. */
  readonly inputs: readonly string[];
}

/** The output of esbuild with `evaluatedOptions`. */
export function evaluatedBundle({ metafile, outputFiles }: BuildResult, entry: Entry): EvaluatedBundle {
  if (metafile === undefined || outputFiles === undefined) throw new Error('esbuild returned no output');
  return {
    files: outputContents(outputFiles, EVALUATED_FILE),
    inputs: Object.keys(metafile.inputs).map((path) => resolve(entry.project, path)),
  };
}

export function writeEvaluated(files: EvaluatedBundle['files'], folder: string): void {
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
}

/** Imports the bundled file in `folder` and reads its exports. For the child process. */
export async function evaluateModule<T>(
  entry: Entry,
  external: readonly string[],
  folder: string,
  read: (moduleExports: Readonly<Record<string, unknown>>) => T,
): Promise<T> {
  linkPackages(external, entry, folder);
  process.setSourceMapsEnabled(true);
  return evaluate(join(folder, EVALUATED_FILE), entry, read);
}

async function evaluate<T>(
  file: string,
  entry: Entry,
  read: (moduleExports: Readonly<Record<string, unknown>>) => T,
): Promise<T> {
  try {
    return read(await guardedImport(file, shortPath(entry)));
  } catch (error) {
    if (error instanceof BuildError) throw error;
    throw new BuildError(appThrew(shortPath(entry), error instanceof Error ? error : new Error(String(error))));
  }
}

/** The file as messages show it. */
export function shortPath(entry: Entry): string {
  return relative(entry.project, entry.file);
}
