import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.js';
import { endedEarly, notStarted, portTaken } from '../errors/local.js';
import type { SupervisorMessage, WorkerMessage, WorkerTask } from './messages.js';
import { portOwner } from './port-owner.js';

/** The running versions of an app: the newest serves, the previous one drains. */
export interface Versions {
  /** Starts a version; when it listens, the previous one drains. Resolves to the port; throws if it does not start. */
  readonly start: (task: WorkerTask) => Promise<number>;
  readonly stop: () => Promise<void>;
}

function started(worker: Worker, task: WorkerTask): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') worker.send({ kind: 'serve', task } satisfies SupervisorMessage);
      else if (message.kind === 'listening') resolve(message.port);
      else if (message.kind === 'failed' && message.code === 'EADDRINUSE')
        reject(new CliError(portTaken(task.port, task.host, portOwner(task.port))));
      else if (message.kind === 'failed') reject(new CliError(notStarted(message.message)));
    });
    worker.once('exit', (code, signal) => reject(new CliError(endedEarly(code, signal))));
  });
}

/** Resolves when the version accepts no new connections, so that the next one answers from now on. */
function drained(worker: Worker): Promise<void> {
  if (worker.isDead()) return Promise.resolve();
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    worker.on('message', (message: WorkerMessage) => message.kind === 'draining' && resolve());
    worker.send({ kind: 'drain' } satisfies SupervisorMessage);
  });
}

function exited(worker: Worker): Promise<void> {
  if (worker.isDead()) return Promise.resolve();
  return new Promise((resolve) => worker.once('exit', () => resolve()));
}

/** If a version ends within this number of milliseconds, a restart would probably end as well. */
const AT_ONCE = 1_000;

/** The SDK's advice about this machine's Node.js does not concern the function, and would appear with every reload. */
const QUIET_SDK = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/**
 * Versions share the listening socket, which the supervisor's process owns: it stays open between two versions, so no
 * connection is refused during a replacement.
 */
export function versions(
  environment: Readonly<Record<string, string>>,
  onCrash: (what: string, asked: boolean) => void,
): Versions {
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./worker.js', import.meta.url)),
    args: [],
    execArgv: ['--enable-source-maps'],
  });
  let current: Worker | undefined;
  return {
    start: async (task) => {
      const worker = cluster.fork({ ...QUIET_SDK, ...environment });
      const port = await started(worker, task).catch((error: unknown) => {
        worker.kill('SIGKILL');
        throw error;
      });
      const before = current;
      const began = performance.now();
      current = worker;
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ended' && worker === current) onCrash(message.what, message.asked);
      });
      worker.once('exit', (code, signal) => {
        if (worker === current) onCrash(signal ?? `exit status ${code}`, performance.now() - began > AT_ONCE);
      });
      if (before) await drained(before);
      return port;
    },
    stop: async () => {
      current = undefined;
      // Including versions that start or drain.
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      for (const worker of workers) worker.process.kill('SIGKILL');
      await Promise.all(workers.map(exited));
    },
  };
}
