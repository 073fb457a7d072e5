import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.js';

/** Writes a file that was asked for by name, making its folder. Throws GOBLET_CLI_OPTION where it cannot be written. */
export function writeOutput(file: string, contents: string | Uint8Array): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  } catch (error) {
    throw new CliError('GOBLET_CLI_OPTION', `${file} cannot be written, as ${reason(path, error)}; name another`);
  }
}

function reason(path: string, error: unknown): string {
  if (isFolder(path)) return 'it is a folder';
  const blocking = fileAbove(path);
  if (blocking !== undefined) return `${blocking} is no folder`;
  return error instanceof Error ? `the system says ${error.message}` : String(error);
}

const stat = (path: string) => {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
};

const isFolder = (path: string): boolean => stat(path)?.isDirectory() === true;

/** The nearest thing above a path, where it is no folder. */
function fileAbove(path: string): string | undefined {
  const above = dirname(path);
  const found = stat(above);
  if (found === undefined && above !== path) return fileAbove(above);
  return found?.isDirectory() === false ? above : undefined;
}
