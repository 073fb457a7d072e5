import type { Quotas } from '@goblet/cloud';
import { CliError } from '../cli-error.js';
import { findDataFolder } from '../cloud/data-folder.js';
import type { ServeOptions } from '../cloud/serve-cloud.js';
import type { OptionDefinition, OptionValues } from './command.js';
import { port, text, texts } from './option-value.js';

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
  {
    flags: '--quota <name=number>',
    description: 'a quota of API Gateway that AWS raised for you: routes-per-http-api=600 (several times)',
    repeatable: true,
  },
  { flags: '--no-rewrite', description: "leave API addresses in stack outputs and function environments as AWS's own" },
  {
    flags: '--refuse-recorded',
    description: 'refuse stacks with resource types that are only recorded here (VPCs, dashboards, …)',
  },
  { flags: '--json', description: 'print what happens as JSON lines' },
];

export function serveOptions(options: OptionValues): ServeOptions {
  return {
    port: port(options, 'port', DEFAULT_CLOUD_PORT),
    dataFolder: text(options, 'data') ?? findDataFolder(process.cwd()),
    ephemeral: options.ephemeral === true,
    iam: options.iam === 'warn' || options.iam === 'off' ? options.iam : 'enforce',
    quotas: quotas(options),
    rewriteUrls: options.rewrite !== false,
    refuseRecorded: options.refuseRecorded === true,
    json: options.json === true,
  };
}

const QUOTAS: ReadonlyMap<string, keyof Quotas> = new Map([
  ['resources-per-rest-api', 'resourcesPerRestApi'],
  ['routes-per-http-api', 'routesPerHttpApi'],
  ['authorizers-per-api', 'authorizersPerApi'],
]);

function quotas(options: OptionValues): Partial<Quotas> {
  return Object.fromEntries(
    texts(options, 'quota').map((given) => {
      const [, name = '', number] = /^([^=]*)=(\d+)$/.exec(given) ?? [];
      const quota = QUOTAS.get(name);
      if (quota !== undefined && Number(number) > 0) return [quota, Number(number)];
      throw new CliError(
        'GOBLET_CLI_OPTION',
        `--quota ${given} is no quota; give one of ${[...QUOTAS.keys()].join(', ')}, as in ${[...QUOTAS.keys()][0]}=600`,
      );
    }),
  );
}
