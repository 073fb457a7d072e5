import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { AppDefinition } from 'goblet/definition';
import { bundleError } from '../bundle/esbuild-messages.js';
import { commonOptions } from '../bundle/esbuild-options.js';
import { outputContents } from '../bundle/output-contents.js';
import type { Entry } from '../entry.js';
import { BuildError } from '../errors.js';
import type { LoadedApp } from './describe-app.js';
import { guardedImport } from './guarded-import.js';
import { linkPackages } from './link-packages.js';

/** The key of `packages/goblet/src/definition.ts`, by value: this package knows the framework by its types only. */
const APP = Symbol.for('goblet.app');

export interface Evaluated {
  readonly app: LoadedApp;
  /** Absolute paths of every file that went into the app. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the app into a temporary folder and imports it. For the child process: the app's code runs here.
 * @throws BuildError what the bundler refuses, what the app throws, or that there is no app
 */
export async function loadApp(entry: Entry, external: readonly string[] = []): Promise<Evaluated> {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-inventory-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'index.mjs');
  const { files, inputs } = await bundleForEvaluation(entry, file, external);
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  linkPackages(external, entry, folder);
  process.setSourceMapsEnabled(true);
  return { app: await evaluate(file, entry), inputs };
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

async function evaluate(file: string, entry: Entry): Promise<LoadedApp> {
  try {
    const moduleExports = await guardedImport(pathToFileURL(file).href, shortPath(entry));
    return { definition: appDefinition(moduleExports.app, entry), exports: moduleExports };
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

/** An app checks itself as a whole when its definition is read, and may throw then. */
function appDefinition(app: unknown, entry: Entry): AppDefinition {
  const definition: unknown = typeof app === 'object' && app !== null ? Reflect.get(app, APP) : undefined;
  if (definition === undefined || definition === null) {
    const found = app === undefined ? 'does not export' : 'exports something else as';
    throw new BuildError(
      'GOBLET_BUILD_APP_NOT_EXPORTED',
      `${shortPath(entry)} ${found} \`app\`; write \`export const app = new App('…')\``,
    );
  }
  const version: unknown = Reflect.get(definition, 'version');
  if (version !== 1) {
    throw new BuildError(
      'GOBLET_BUILD_APP_VERSION',
      `${shortPath(entry)} uses a goblet whose apps have version ${String(version)}, these tools read version 1; install the same version of goblet and @goblet/build`,
    );
  }
  return definition as AppDefinition;
}

function shortPath(entry: Entry): string {
  return relative(entry.project, entry.file);
}
