import type { Quotas } from '@goblet/cloud';
import { CliError } from '../cli-error.js';
import { findDataFolder } from '../cloud/data-folder.js';
import type { ServeOptions } from '../cloud/serve-cloud.js';
import { notQuota } from '../errors/option.js';
import type { OptionDefinition, OptionValues } from './command.js';
import { port, text, texts } from './option-value.js';

export const DEFAULT_CLOUD_PORT = 4566;

/** The options of every command that runs a local cloud. */
export const CLOUD_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '-p, --port <number>',
    description: `port on 127.0.0.1; 0 chooses a free one (default: ${DEFAULT_CLOUD_PORT})`,
  },
  { flags: '--data <folder>', description: 'data folder of the local cloud (default: the nearest .goblet)' },
  { flags: '--ephemeral', description: 'keep all data in memory' },
  {
    flags: '--iam <mode>',
    description: 'what to do when IAM denies a call',
    choices: ['enforce', 'warn', 'off'],
    default: 'enforce',
  },
  {
    flags: '--quota <name=number>',
    description: 'raise an API Gateway quota, as AWS did for your account: routes-per-http-api=600; may be repeated',
    repeatable: true,
  },
  { flags: '--no-rewrite', description: "keep AWS's API URLs in stack outputs and function environments" },
  {
    flags: '--refuse-recorded',
    description: 'refuse stacks with resource types that are only recorded (VPCs, dashboards, …)',
  },
  { flags: '--json', description: 'print events as JSON lines' },
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
      throw new CliError(notQuota(given, [...QUOTAS.keys()]));
    }),
  );
}
