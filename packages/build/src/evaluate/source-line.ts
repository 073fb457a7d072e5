import { findSourceMap } from 'node:module';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SourceLine } from 'goblet/definition';
import type { InventoryLine } from '../inventory.js';

/** Converts a line from a stack trace into one relative to `project`, through the bundle's source map if needed. */
export function projectLine(line: SourceLine | undefined, project: string): InventoryLine | undefined {
  if (line === undefined) return undefined;
  const mapped = throughSourceMap(line);
  return { file: projectPath(mapped.file, project), line: mapped.line };
}

function throughSourceMap(line: SourceLine): SourceLine {
  const file = line.file.startsWith('file:') ? line.file : pathToFileURL(resolve(line.file)).href;
  const entry = findSourceMap(file)?.findEntry(line.line - 1, 0);
  if (entry === undefined || !('originalSource' in entry)) return line;
  return { file: entry.originalSource, line: entry.originalLine + 1 };
}

function projectPath(file: string, project: string): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  return (isAbsolute(path) ? relative(project, path) : path).split(sep).join('/');
}
