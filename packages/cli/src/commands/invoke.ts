import { CliError } from '../cli-error.js';
import { ACCESS_OPTIONS, type AwsAccess, usingAws } from '../deployed/aws-access.js';
import type { DeployedFunction } from '../deployed/find-deployed.js';
import { invocationEvent } from '../deployed/invocation-event.js';
import { logLines } from '../deployed/log-line.js';
import { fullName, selectFunction } from '../deployed/select.js';
import { functionFailed, stillRunning } from '../errors/aws.js';
import { withProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';

interface Answer {
  readonly functionError: string | undefined;
  /** Parsed if it is JSON. */
  readonly payload: unknown;
  /** The last 4 KB of its log. */
  readonly log: string;
}

function parsedPayload(payload: string): unknown {
  if (payload === '') return undefined;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

async function invokeFunction(
  { functionName: FunctionName }: DeployedFunction,
  event: unknown,
  access: AwsAccess,
  abortSignal: AbortSignal,
): Promise<Answer> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  // A retry would be a second invocation.
  const lambda = new LambdaClient({ ...access.config, maxAttempts: 1 });
  const Payload = event === undefined ? undefined : JSON.stringify(event);
  try {
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload, LogType: 'Tail' }), { abortSignal });
    return {
      functionError: answer.FunctionError,
      payload: parsedPayload(Buffer.from(answer.Payload ?? []).toString('utf8')),
      log: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
    };
  } finally {
    lambda.destroy();
  }
}

/** `RangeError: a price is negative`, from Lambda's description of an error. */
function errorText(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null) return String(payload);
  const { errorType, errorMessage }: { errorType?: unknown; errorMessage?: unknown } = payload;
  const [first = ''] = String(errorMessage ?? JSON.stringify(payload)).split('\n');
  return typeof errorType === 'string' && errorType !== '' ? `${errorType}: ${first}` : first;
}

function print(fn: DeployedFunction, answer: Answer, json: boolean, terminal: Terminal): void {
  const { payload, log, functionError } = answer;
  if (json) {
    const { stack, app, function: name, functionName } = fn;
    terminal.out(JSON.stringify({ stack, app, function: name, functionName, functionError, payload, log }, null, 2));
    return;
  }
  for (const message of log.split('\n').filter((line) => line !== ''))
    for (const line of logLines({ message }, '', terminal.colors)) terminal.note(line);
  if (payload !== undefined) terminal.out(typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2));
}

export const invoke: CommandDefinition = {
  name: 'invoke',
  arguments: '<function>',
  summary: 'invoke a deployed function',
  description:
    "Invokes a deployed function and prints its result, and the end of its log on standard error. --event is the event. If the function is a source of this project's app, --send is one record, and the event is the one that AWS would send with it. Schedules and functions that are invoked directly need neither. The exit code is 1 if the function fails.",
  options: [
    {
      flags: '-e, --event <json>',
      description: 'the whole event: JSON, a file with JSON, or - for standard input',
    },
    {
      flags: '-s, --send <json>',
      description: 'one record for the source, as JSON; may be repeated',
      repeatable: true,
    },
    ENTRY_OPTION,
    ...ACCESS_OPTIONS,
    { flags: '--json', description: 'print function, functionError, payload and log as JSON' },
  ],
  examples: [
    [`npx goblet invoke jobs --send '{"job":"letter"}'`, 'invoke the handler of the queue jobs with one message'],
    ['npx goblet invoke nightly', 'invoke the handler of a schedule now'],
    ['npx goblet invoke WebApiDev/APIHandler --event event.json', 'invoke any function with any event'],
  ],
  run: async ([name = ''], options, terminal) =>
    usingAws(options, terminal, async (access) => {
      const { findDeployed } = await import('../deployed/find-deployed.js');
      const fn = selectFunction(await findDeployed(access, terminal), name, access);
      const event = await invocationEvent(fn, options);
      const began = Date.now();
      const how = () => `${fullName(fn)} has been running for ${Math.floor((Date.now() - began) / 1000)} s`;
      const { signal } = terminal;
      const answer = await withProgress(terminal, how, () => invokeFunction(fn, event, access, signal)).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error;
          throw new CliError(stillRunning(fullName(fn)));
        },
      );
      print(fn, answer, options.json === true, terminal);
      if (answer.functionError === undefined) return 0;
      throw new CliError(functionFailed(fullName(fn), errorText(answer.payload)));
    }),
};
