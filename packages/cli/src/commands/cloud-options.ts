import type { OptionDefinition, OptionValues } from '../command.js';
import { findDataFolder } from '../data-folder.js';
import { port, text } from '../option-value.js';
import type { ServeOptions } from '../serve-cloud.js';

export const DEFAULT_CLOUD_PORT = 4566;

/** The options of every command that serves a local cloud. */
export const CLOUD_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '-p, --port <number>',
    description: `the port on 127.0.0.1; 0 for any free one (default: ${DEFAULT_CLOUD_PORT})`,
  },
  { flags: '--data <folder>', description: 'where the cloud keeps what it has (default: the nearest .goblet)' },
  { flags: '--ephemeral', description: 'keep nothing beyond this run' },
  {
    flags: '--iam <mode>',
    description: 'what to do where IAM denies',
    choices: ['enforce', 'warn', 'off'],
    default: 'enforce',
  },
  { flags: '--no-rewrite', description: "leave API addresses in stack outputs and function environments as AWS's own" },
  { flags: '--json', description: 'print what happens as JSON lines' },
];

export function serveOptions(options: OptionValues): ServeOptions {
  return {
    port: port(options, 'port', DEFAULT_CLOUD_PORT),
    dataFolder: text(options, 'data') ?? findDataFolder(process.cwd()),
    ephemeral: options.ephemeral === true,
    iam: options.iam === 'warn' || options.iam === 'off' ? options.iam : 'enforce',
    rewriteUrls: options.rewrite !== false,
    json: options.json === true,
  };
}
