import type { Entry, StageOptions } from '@goblet/build';
import type { OptionDefinition, OptionValues } from './command.js';
import { text } from './option-value.js';

/** The options of every command that reads stage options. */
export const STAGE_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--stage <name>', description: 'stage in goblet.config.ts (default: the top-level options)' },
  {
    flags: '--config <file>',
    description: 'file with the stage options (default: goblet.config.ts beside package.json)',
  },
];

/** The project's configuration of the requested stage. */
export async function stageOptions(options: OptionValues, { project }: Entry): Promise<StageOptions> {
  const { loadConfig, stageOf } = await import('@goblet/build');
  const file = text(options, 'config');
  return stageOf(await loadConfig({ project, ...(file !== undefined && { file }) }), text(options, 'stage'));
}
