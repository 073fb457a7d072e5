/** One version of the app: gateway and handlers in one process. Started by the supervisor, told its task in a message. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { executeApi, importOpenApi, requestListener } from '@goblet/cloud/execute-api';
import { guardExit } from './exit.js';
import { type Handler, invocations } from './invocations.js';
import type { SupervisorMessage, WorkerMessage, WorkerTask } from './messages.js';
import { requestLines } from './request-lines.js';

/** Milliseconds that the others have to answer in, after the app has ended its process. */
const GRACE = 1_000;

/** Ends this process, also where the app may not. */
let leave: (code: number) => never = process.exit.bind(process);

const tell = (message: WorkerMessage) => process.send?.(message);

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function serve(task: WorkerTask): Promise<Server> {
  const functions: Record<string, Handler> = await import(pathToFileURL(task.bundle).href);
  const { invoker, fail } = invocations(functions, task.timeout, (error) => console.error(messageOf(error)));
  const answer = executeApi({
    model: importOpenApi(task.definition),
    stage: 'local',
    apiId: 'local',
    account: '000000000000',
    region: process.env.AWS_REGION ?? 'us-east-1',
    invoker,
    log: (message) => console.error(message),
  });
  const print = requestLines((text) => process.stderr.write(text), task.colors);
  const timed: typeof answer = async (request) => {
    const started = performance.now();
    const response = await answer(request);
    print(request.method, request.path, response.status, performance.now() - started);
    return response;
  };
  const server = createServer(
    { keepAliveTimeout: 75_000, noDelay: true },
    requestListener(task.quiet ? answer : timed, console.error),
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

/** Takes no new connection; those that are there end after their answer, idle ones at once; then the process ends. */
function drain(server: Server): void {
  server.prependListener('request', (_incoming, outgoing) => outgoing.setHeader('connection', 'close'));
  server.on('request', (_incoming, outgoing) => outgoing.once('close', () => server.closeIdleConnections()));
  server.close(() => leave(0));
  tell({ kind: 'draining' });
}

// Ctrl-C reaches the whole group; the supervisor decides when this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
let serving: Promise<Server> | undefined;
process.on('message', (message: SupervisorMessage) => {
  if (message.kind === 'drain') {
    serving?.then(drain, () => leave(1));
    return;
  }
  serving = serve(message.task);
  serving.catch((error: unknown) => tell({ kind: 'failed', code: 'APP', message: messageOf(error) }));
});
// The supervisor is gone.
process.once('disconnect', () => leave(0));
tell({ kind: 'ready' });
