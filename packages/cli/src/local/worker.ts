/**
 * One version of the app: gateway and handlers in one process. The supervisor starts it and sends its task in a
 * message.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import {
  executeApi,
  installStreaming,
  MAX_BODY,
  requestListener,
  signatureVerifier,
  usageByPlans,
} from '@goblet/cloud/execute-api';
import pc from 'picocolors';
import { lineBatch } from '../terminal/line-batch.js';
import { withCallers } from './assumed-callers.js';
import { drain } from './drain.js';
import { guardExit } from './exit.js';
import { type Handler, invocations } from './invocations.js';
import { localEventText, type RequestEvent } from './local-event.js';
import type { SupervisorMessage, WorkerMessage, WorkerTask } from './messages.js';
import { keyCredentials, signingKey } from './signing-key.js';

/** Milliseconds for other requests to finish after the app has ended its process. */
const GRACE = 1_000;

/** Ends this process, which the app itself cannot do. */
let leave: (code: number) => never = process.exit.bind(process);

const tell = (message: WorkerMessage) => process.send?.(message);

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The output for request lines. With `json`, the app's own standard output goes to standard error. */
function lineWriter({ json, colors }: WorkerTask): (event: RequestEvent) => void {
  const out = process.stdout.write.bind(process.stdout);
  const err = process.stderr.write.bind(process.stderr);
  if (json) process.stdout.write = err;
  const lines = lineBatch((text) => void (json ? out : err)(`${text}\n`));
  process.once('exit', lines.flush);
  const palette = pc.createColors(colors);
  return (event) => lines.add(json ? JSON.stringify(event) : localEventText(event, palette));
}

/** Sent with the 501 of a route whose tokens nothing verifies here. */
const ADVICE = `goblet local does not verify tokens: deploy the app, or state the caller with --auth <authorizer>='{"sub":"ann"}'`;

async function serve(task: WorkerTask): Promise<Server> {
  // Read before the app's code runs, which may change its environment.
  const key = signingKey(process.env);
  const region = process.env.AWS_REGION ?? 'us-east-1';
  const print = lineWriter(task);
  installStreaming();
  const functions: Record<string, Handler> = await import(pathToFileURL(task.bundle).href);
  const { invoker, fail } = invocations(functions, task.timeout, (error) => console.error(messageOf(error)));
  const plans = [{ keys: [{ id: 'local', value: task.apiKey, enabled: true }] }];
  const answer = executeApi({
    ...task.api,
    apiId: 'local',
    account: '000000000000',
    region,
    invoker: withCallers(invoker, task.callers),
    usage: usageByPlans(plans, Date.now),
    verifySignature: signatureVerifier({ credentials: keyCredentials(key), now: Date.now }),
    advice: ADVICE,
    log: (message) => console.error(message),
  });
  const timed: typeof answer = async (request) => {
    const started = performance.now();
    const response = await answer(request);
    const { method, path } = request;
    print({ kind: 'request', method, path, status: response.status, milliseconds: performance.now() - started });
    return response;
  };
  const server = createServer(
    { keepAliveTimeout: 75_000, noDelay: true },
    requestListener(task.quiet ? answer : timed, console.error, MAX_BODY),
  );
  let asked = false;
  server.once('request', () => {
    asked = true;
  });
  server.once('error', (error: NodeJS.ErrnoException) =>
    tell({ kind: 'failed', code: error.code ?? 'ERROR', message: error.message }),
  );
  server.listen(task.port, task.host, () => {
    leave = guardExit((what) => {
      tell({ kind: 'ended', what, asked });
      setTimeout(fail, GRACE, `Runtime exited with ${what}`);
    });
    tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
  });
  return server;
}

// Ctrl-C reaches the whole process group; the supervisor decides when this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
let serving: Promise<Server> | undefined;
process.on('message', (message: SupervisorMessage) => {
  if (message.kind === 'drain') {
    serving?.then(
      (server) => {
        drain(server, () => leave(0));
        tell({ kind: 'draining' });
      },
      () => leave(1),
    );
    return;
  }
  serving = serve(message.task);
  serving.catch((error: unknown) => tell({ kind: 'failed', code: 'APP', message: messageOf(error) }));
});
// The supervisor is gone.
process.once('disconnect', () => leave(0));
tell({ kind: 'ready' });
