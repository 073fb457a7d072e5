import { coded } from './catalogue.js';

export const GOBLET_CLI_OPTION =
  'An option or argument is unknown, missing, or has an invalid value. The message says what the command accepts.';

const option = (sentence: string) => coded('GOBLET_CLI_OPTION', sentence);

/** @param complaint what the parser of the command line says */
export const refusedByParser = (complaint: string, command: string) =>
  option(`${complaint}; see goblet ${command}--help`);

/** A value that is not what the option takes. */
const invalid = (name: string, given: string, what: string, give: string) =>
  option(`${name} ${given} is not ${what}; give ${give}`);

export const notSeconds = (name: string, given: string) =>
  invalid(name, given, 'a time', 'seconds, more than 0 and up to 900');

export const notPort = (name: string, given: string) => invalid(name, given, 'a port', 'a number from 0 to 65535');

export const notAccount = (given: string) => invalid('--account', given, 'an AWS account', 'twelve digits');

export const notRegion = (from: 'AWS_REGION' | '--region', given: string) =>
  invalid(from, given, 'an AWS region', 'one such as eu-west-1');

export const notSince = (given: string) =>
  invalid('--since', given, 'a time', 'one such as 30s, 10m, 2h, 1d or 2026-11-28T10:00:00Z');

export const notQuota = (given: string, quotas: readonly string[]) =>
  invalid('--quota', given, 'a quota', `one of ${quotas.join(', ')}, as in ${quotas[0]}=600`);

export const notAssumed = (given: string) =>
  invalid('--auth', given, '<authorizer>=<JSON object>', `one such as --auth user='{"sub":"ann"}'`);

export const unknownAuthorizer = (name: string, declared: readonly string[]) =>
  option(`--auth names ${name}, which is not an authorizer of the app (it declares ${declared.join(', ') || 'none'})`);

/** @param from the text itself, the file that has it, or `standard input` */
export const notJson = (name: string, from: string, reason: string | undefined) =>
  option(`${name}: ${from} is not JSON (${reason})`);

export const unreadableJson = (name: string, given: string, reason: string) =>
  option(`${name} ${given}: ${reason}; give JSON, a file with JSON, or -`);

export const filterRefused = (filter: string, reason: string) =>
  option(`--filter ${filter} is refused (${reason}); see "Filter pattern syntax" of CloudWatch Logs`);

export const notTypeScript = (file: string | undefined) =>
  option(`${file ?? 'nothing'} is not a TypeScript source; give one such as src/client.ts`);

export const jsonAndYaml = () => option('--json and --format yaml exclude each other; leave one out, or name a file');

export const notWritten = (file: string, reason: string) =>
  option(`${file} cannot be written, because ${reason}; name another file`);

export const noCommand = () => option('give the command to run: goblet exec -- <command>');

export const eventAndSend = () => option('--event is the whole event, and --send is one record; give one of them');

export const noEvent = (fn: string, reason: string) =>
  option(
    `${fn} needs an event; give --send with a record of its source, or --event with a file, JSON or - (${reason})`,
  );

export const otherApp = (here: string, fn: string, app: string) =>
  option(
    `the app here is ${here}, but ${fn} belongs to ${app}; give --entry with its source, or --event with an event`,
  );

export const severalFunctions = (name: string, matching: readonly string[]) =>
  option(`${matching.length} functions match ${name}; name one of ${matching.join(', ')}`);

export const severalPools = (where: string, pools: readonly string[]) =>
  option(`there are several user pools in ${where}; name one with --pool: ${pools.join(', ')}`);

export const passwordNeeded = (where: string) =>
  option(`a token from ${where} needs the user's password; give it with --password`);

export const accountOfAws = (where: string) =>
  option(
    `--account names an account of a local cloud, but the target is ${where}; leave it out, or name a data folder with --data`,
  );
