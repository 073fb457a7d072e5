import { finished } from 'node:stream/promises';
import { ApiAddresses } from './api-addresses.js';
import { ConsoleLog } from './console-log.js';
import { errorShape, loggedError, RuntimeError } from './error-shape.js';
import { handlerContext } from './handler-context.js';
import { type Handler, loadHandler } from './handler-module.js';
import { peakMemory } from './peak-memory.js';
import { leadResponsesHome } from './provider-response.js';
import { highWaterMark, installStreaming, ResponseStream, streams } from './response-stream.js';
import { type NextInvocation, RuntimeClient } from './runtime-client.js';

/** The main program of every execution environment: loads the handler and gives it one event after the other. */
const { env } = process;
const gone = (): never => process.exit(0);
const client = new RuntimeClient(env.AWS_LAMBDA_RUNTIME_API ?? '', gone);
const addresses = new ApiAddresses(env.AWS_ENDPOINT_URL ?? '');
const log = new ConsoleLog(env.AWS_LAMBDA_LOG_FORMAT === 'JSON', env.AWS_LAMBDA_LOG_LEVEL);
log.install();
installStreaming();

/** Called when nothing is left to wait for, though the handler has not answered. */
let loopEmpty: (() => void) | undefined;
process.on('beforeExit', () => {
  const callback = loopEmpty;
  loopEmpty = undefined;
  callback?.();
});

/** Facts for the cloud with each answer: peak memory, and the number of log bytes to read. */
function facts(): string {
  return `Goblet-Max-Rss: ${peakMemory()}\r\nGoblet-Log-Bytes: ${log.written}\r\n`;
}

function errorMessage(requestId: string | undefined, thrown: unknown): string {
  const shape = errorShape(thrown);
  return client.error(requestId, shape.errorType, JSON.stringify(shape), facts());
}

async function endWith(thrown: unknown, exitCode: number): Promise<never> {
  await client.post(errorMessage(log.requestId, thrown));
  return process.exit(exitCode);
}

let handling = false;
process.on('uncaughtException', (error) => {
  log.write('ERROR', ['Uncaught Exception', loggedError(error)]);
  void (handling ? endWith(error, 129) : process.exit(129));
});
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError(
    'Runtime.UnhandledPromiseRejection',
    reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
  );
  if (reason instanceof Error && reason.stack !== undefined)
    error.stack = `${error.name}: ${error.message}\n${reason.stack}`;
  log.write('ERROR', ['Unhandled Promise Rejection', loggedError(error)]);
  void (handling ? endWith(error, 128) : process.exit(128));
});

/** Runs a handler that answers with one value; gives the message to send. */
function buffered(handler: Handler, event: unknown, invocation: NextInvocation): Promise<string> {
  const { requestId } = invocation;
  return new Promise((resolve) => {
    let settled = false;
    const settle = (message: () => string): void => {
      if (settled) return;
      settled = true;
      loopEmpty = undefined;
      resolve(message());
    };
    const failed = (thrown: unknown) => () => {
      log.write('ERROR', ['Invoke Error', loggedError(thrown)]);
      return errorMessage(requestId, thrown);
    };
    const succeeded = (result: unknown) => () => {
      try {
        return client.response(requestId, JSON.stringify(result) ?? 'null', facts());
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return failed(new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${reason}`))();
      }
    };
    const done = (error: unknown, result?: unknown): void => {
      const outcome = error === null || error === undefined ? succeeded(result) : failed(error);
      if (context.callbackWaitsForEmptyEventLoop && !settled) loopEmpty = () => settle(outcome);
      else settle(outcome);
    };
    const immediately = (error: unknown, result?: unknown): void => {
      context.callbackWaitsForEmptyEventLoop = false;
      done(error, result);
    };
    const context = { ...handlerContext(invocation, { done: immediately }) };
    loopEmpty = () => settle(succeeded(undefined));
    try {
      const returned: unknown = handler(event, context, done);
      if (isPromise(returned)) {
        returned.then(
          (result) => settle(succeeded(result)),
          (error: unknown) => settle(failed(error)),
        );
      }
    } catch (error) {
      settle(failed(error));
    }
  });
}

/** Runs a handler that writes its answer to a stream; gives what is left to send, which is nothing unless it failed. */
async function streamed(handler: Handler, event: unknown, invocation: NextInvocation): Promise<string> {
  const stream = new ResponseStream(client, invocation.requestId, facts, highWaterMark(handler));
  const end = finished(stream);
  end.catch(() => {});
  try {
    const context = handlerContext(invocation, { done: () => {} });
    const returned: unknown = handler(event, stream, context);
    if (!isPromise(returned)) {
      throw new RuntimeError('Runtime.InvalidStreamingOperation', 'Streaming does not support non-async handlers.');
    }
    const idle = new Promise<void>((resolve) => {
      loopEmpty = resolve;
    });
    await Promise.race([returned, idle]);
    if (!stream.writableEnded) await Promise.race([end, idle]);
    if (!stream.writableEnded) stream.end();
    await end;
    return '';
  } catch (error) {
    log.write('ERROR', ['Invoke Error', loggedError(error)]);
    if (!stream.begun) return errorMessage(invocation.requestId, error);
    await stream.breakOff(errorShape(error));
    return '';
  } finally {
    loopEmpty = undefined;
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

async function handle(handler: Handler, invocation: NextInvocation): Promise<string> {
  let event: unknown;
  try {
    event = JSON.parse(invocation.body.toString());
  } catch (error) {
    return errorMessage(invocation.requestId, error);
  }
  leadResponsesHome(invocation.body, env.AWS_ENDPOINT_URL ?? '');
  return streams(handler) ? streamed(handler, event, invocation) : buffered(handler, event, invocation);
}

async function run(): Promise<void> {
  let handler: Handler;
  try {
    handler = await loadHandler(env.LAMBDA_TASK_ROOT ?? process.cwd(), env._HANDLER ?? '');
  } catch (error) {
    log.write('ERROR', [loggedError(error)]);
    await endWith(error, 1);
    return;
  }
  let outgoing = '';
  for (;;) {
    const invocation = await client.next(outgoing);
    log.requestId = invocation.requestId;
    const trace = invocation.headers['lambda-runtime-trace-id'];
    if (trace !== undefined) env._X_AMZN_TRACE_ID = trace;
    const apiIds = invocation.headers['goblet-api-ids'];
    if (apiIds !== undefined) addresses.lead(apiIds === '' ? [] : apiIds.split(','));
    handling = true;
    outgoing = await handle(handler, invocation);
    handling = false;
  }
}

void run();
