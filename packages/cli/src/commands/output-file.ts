import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import { notWritten } from '../errors/option.js';

/**
 * Writes a file that the user named, and creates its folder.
 * @throws CliError GOBLET_CLI_OPTION if it cannot be written
 */
export function writeOutput(file: string, contents: string | Uint8Array): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  } catch (error) {
    throw new CliError(notWritten(file, reason(path, error)));
  }
}

function reason(path: string, error: unknown): string {
  if (isFolder(path)) return 'it is a folder';
  const blocking = fileAbove(path);
  if (blocking !== undefined) return `${blocking} is not a folder`;
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

/** The nearest existing part of a path, if it is not a folder. */
function fileAbove(path: string): string | undefined {
  const above = dirname(path);
  const found = stat(above);
  if (found === undefined && above !== path) return fileAbove(above);
  return found?.isDirectory() === false ? above : undefined;
}
