import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError } from './cli-error.js';

const DEFAULT = 'goblet.config.json';

/**
 * The stage options in a file; none where the default file is not there.
 *
 * @param given a file by name, which has to be there
 * @param project the folder that the default file is looked for in
 * @returns what the file holds: `samTemplate` checks it
 * @throws CliError GOBLET_CLI_OPTION naming the file
 */
export function stageOptions(given: string | undefined, project: string): object {
  const file = given === undefined ? join(project, DEFAULT) : resolve(given);
  if (!existsSync(file)) {
    if (given === undefined) return {};
    throw new CliError('GOBLET_CLI_OPTION', `--config ${given} is not there; name a JSON file with the stage options`);
  }
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new Error('it holds no object');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('GOBLET_CLI_OPTION', `${file} holds no stage options (${reason}); write them as a JSON object`);
  }
}
