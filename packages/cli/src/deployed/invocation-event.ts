import { CliError } from '../cli-error.js';
import type { OptionValues } from '../commands/command.js';
import { givenJson, parseJson } from '../commands/given-json.js';
import { text, texts } from '../commands/option-value.js';
import { eventAndSend, noEvent, otherApp } from '../errors/option.js';
import type { DeployedFunction } from './find-deployed.js';
import { fullName } from './select.js';

/** The event that the source in this project builds for a deployed function. */
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
    throw new CliError(noEvent(fullName(fn), error.message));
  });
  if (app === fn.app) return event;
  throw new CliError(otherApp(app, fullName(fn), fn.app));
}

/** The event of an invocation: `--event` unchanged, else the event of the source with the records of `--send`. */
export async function invocationEvent(fn: DeployedFunction, options: OptionValues): Promise<unknown> {
  const event = text(options, 'event');
  const sent = texts(options, 'send');
  if (event === undefined) {
    const records = sent.map((one) => parseJson('--send', one, one));
    return madeBySource(fn, text(options, 'entry'), records);
  }
  if (sent.length === 0) return givenJson('--event', event);
  throw new CliError(eventAndSend());
}
