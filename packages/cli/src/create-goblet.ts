import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CliError } from './cli-error.js';
import { templatesNotInstalled } from './errors/command.js';

/**
 * The program of `create-goblet`, which owns the templates. It is started and never imported: the command knows no more
 * of it than npm does.
 *
 * @param from the file beside which it is looked for
 * @throws CliError GOBLET_CLI_NOT_FOUND
 */
export function createGobletProgram(from: string): string {
  const require = createRequire(from);
  try {
    const manifest = require.resolve('create-goblet/package.json');
    return join(dirname(manifest), 'bin', 'create-goblet.js');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new CliError(templatesNotInstalled());
  }
}
