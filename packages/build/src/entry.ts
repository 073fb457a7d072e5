import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError } from './build-error.js';
import { noEntryIn, noSuchEntry, unreadableManifest } from './errors/entry.js';

/** The app's file and its project. */
export interface Entry {
  /** Absolute path of the file that exports `app`. */
  readonly file: string;
  /** Absolute path of the nearest folder upwards that has a package.json; paths in the inventory are relative to it. */
  readonly project: string;
}

/** Options that locate the app's file. */
export interface EntryOptions {
  /** The app's file or its folder: a path or a `file:` URL. */
  readonly entry?: string | URL;
  /**
   * Base of a relative `entry`, and the start of the search without one.
   * @default - the working directory
   */
  readonly directory?: string;
}

const DEFAULT_ENTRIES = ['app.ts', 'src/app.ts'] as const;

/**
 * Finds the app's file: `entry`, else `goblet.entry` of package.json, else `app.ts`, else `src/app.ts`.
 * @throws BuildError GOBLET_BUILD_ENTRY_NOT_FOUND with the places it tried
 * @example const { file, project } = resolveEntry({ directory: 'services/orders' });
 */
export function resolveEntry(options: EntryOptions = {}): Entry {
  const directory = resolve(options.directory ?? process.cwd());
  const given = options.entry === undefined ? directory : resolve(directory, toPath(options.entry));
  if (!existsSync(given)) throw new BuildError(noSuchEntry(given));
  const file = statSync(given).isDirectory() ? entryOfFolder(given) : given;
  return { file, project: nearestPackage(dirname(file)) ?? dirname(file) };
}

function toPath(entry: string | URL): string {
  if (entry instanceof URL) return fileURLToPath(entry);
  return entry.startsWith('file:') ? fileURLToPath(entry) : entry;
}

function entryOfFolder(folder: string): string {
  const declared = declaredEntry(join(folder, 'package.json'));
  const candidates = declared === undefined ? DEFAULT_ENTRIES : [declared];
  for (const candidate of candidates) {
    const file = join(folder, candidate);
    if (existsSync(file) && statSync(file).isFile()) return file;
  }
  throw new BuildError(noEntryIn(folder, candidates));
}

function declaredEntry(packageFile: string): string | undefined {
  if (!existsSync(packageFile)) return undefined;
  const parsed = parseManifest(packageFile);
  if (!isRecord(parsed) || !isRecord(parsed.goblet)) return undefined;
  return typeof parsed.goblet.entry === 'string' ? parsed.goblet.entry : undefined;
}

function parseManifest(packageFile: string): unknown {
  try {
    return JSON.parse(readFileSync(packageFile, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BuildError(unreadableManifest(packageFile, reason));
  }
}

function nearestPackage(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
