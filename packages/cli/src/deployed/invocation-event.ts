import { CliError } from '../cli-error.js';
import type { OptionValues } from '../commands/command.js';
import { givenJson, parseJson } from '../commands/given-json.js';
import { text, texts } from '../commands/option-value.js';
import type { DeployedFunction } from './find-deployed.js';
import { fullName } from './select.js';

/** The event that the source here of a deployed function makes. */
async function madeBySource(
  fn: DeployedFunction,
  entry: string | undefined,
  sent: readonly unknown[],
): Promise<unknown> {
  const { BuildError, sourceEvent } = await import('@goblet/build');
  const { app, event } = await sourceEvent({
    ...(entry !== undefined && { entry }),
    directory: process.cwd(),
    source: fn.function,
    sent,
  }).catch((error: unknown) => {
    if (sent.length > 0 || !(error instanceof BuildError)) throw error;
    throw new CliError(
      'GOBLET_CLI_OPTION',
      `${fullName(fn)} needs an event, or --send with what its source is to carry; give --event with a file, JSON or - (${error.message})`,
    );
  });
  if (app === fn.app) return event;
  throw new CliError(
    'GOBLET_CLI_OPTION',
    `the app here is ${app}, and ${fullName(fn)} is of ${fn.app}; give --entry with its source, or --event with an event`,
  );
}

/** What a function is invoked with: `--event` as it is, else the event in which its source carries what `--send` says. */
export async function invocationEvent(fn: DeployedFunction, options: OptionValues): Promise<unknown> {
  const event = text(options, 'event');
  const sent = texts(options, 'send');
  if (event === undefined) {
    const records = sent.map((one) => parseJson('--send', one, one));
    return madeBySource(fn, text(options, 'entry'), records);
  }
  if (sent.length === 0) return givenJson('--event', event);
  throw new CliError('GOBLET_CLI_OPTION', '--event is the whole event, and --send what is in it; give one of them');
}
