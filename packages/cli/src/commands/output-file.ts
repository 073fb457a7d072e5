import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.js';

/** Writes a file that was asked for by name, making its folder. Throws GOBLET_CLI_OPTION where it cannot be written. */
export function writeOutput(file: string, contents: string | Uint8Array): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('GOBLET_CLI_OPTION', `${file} cannot be written (${reason}); name another file`);
  }
}
