import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { BuildError } from '../build-error.js';
import type { Entry } from '../entry.js';
import { includedMissing, includedOutside } from '../errors/bundle.js';

export interface IncludedFiles {
  /** Contents by path relative to the project. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Absolute paths. */
  readonly sources: readonly string[];
}

/**
 * The files that `include` names; for a folder, all files in it.
 * @throws BuildError GOBLET_BUILD_INCLUDE for a path that is missing or outside the project
 */
export function includedFiles(include: readonly string[], entry: Entry): IncludedFiles {
  const sources = include.flatMap((path) => filesUnder(path, entry));
  return {
    files: Object.fromEntries(sources.map((file) => [projectPath(file, entry), readFileSync(file)])),
    sources,
  };
}

function filesUnder(path: string, entry: Entry): readonly string[] {
  const start = resolve(entry.project, path);
  if (projectPath(start, entry).startsWith('..')) throw new BuildError(includedOutside(path, entry.project));
  if (!existsSync(start)) throw new BuildError(includedMissing(path, entry.project));
  if (statSync(start).isFile()) return [start];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map((name) => join(start, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function projectPath(file: string, entry: Entry): string {
  return relative(entry.project, file).split(sep).join('/');
}
