import { writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundleError } from '../bundle/esbuild-messages.js';
import { commonOptions } from '../bundle/esbuild-options.js';
import { outputContents } from '../bundle/output-contents.js';
import type { Entry } from '../entry.js';
import { BuildError } from '../errors.js';
import { guardedImport } from './guarded-import.js';
import { linkPackages } from './link-packages.js';

export interface LoadedModule<T> {
  readonly value: T;
  /** Absolute paths of every file that went into it. */
  readonly inputs: readonly string[];
}

/** The bundle's name in the folder that it is evaluated in. */
export const EVALUATED_FILE = 'index.mjs';

/**
 * Bundles a file into `folder`, imports it and reads its exports. For the child process: the user's code runs
 * here, in `read` as well where an export has getters.
 * @throws BuildError what the bundler refuses, what the file throws, and what `read` refuses
 */
export async function loadModule<T>(
  entry: Entry,
  external: readonly string[],
  folder: string,
  read: (moduleExports: Readonly<Record<string, unknown>>) => T,
): Promise<LoadedModule<T>> {
  const file = join(folder, EVALUATED_FILE);
  const { files, inputs } = await bundleForEvaluation(entry, file, external);
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  linkPackages(external, entry, folder);
  process.setSourceMapsEnabled(true);
  return { value: await evaluate(file, entry, read), inputs };
}

async function bundleForEvaluation(entry: Entry, outfile: string, external: readonly string[]) {
  const { metafile, outputFiles } = await build({
    ...commonOptions(entry),
    entryPoints: [entry.file],
    outfile,
    sourcemap: 'linked',
    sourcesContent: false,
    keepNames: true,
    external: [...external],
  }).catch((error: unknown) => {
    throw bundleError(error);
  });
  if (metafile === undefined || outputFiles === undefined) throw new Error('esbuild was not asked for its output');
  return {
    files: outputContents(outputFiles, metafile, basename(outfile)),
    inputs: Object.keys(metafile.inputs).map((path) => resolve(entry.project, path)),
  };
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
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    throw new BuildError(
      'GOBLET_BUILD_APP_THREW',
      `${shortPath(entry)} threw while it was loaded: ${message.split('\n')[0]}`,
      stack ?? message,
    );
  }
}

/** The file as messages name it. */
export function shortPath(entry: Entry): string {
  return relative(entry.project, entry.file);
}
