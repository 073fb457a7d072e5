import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.js';
import type { SupervisorMessage, WorkerMessage, WorkerTask } from './messages.js';
import { portOwner } from './port-owner.js';

/** The running versions of an app: the newest serves, the one before drains. */
export interface Versions {
  /** Starts a version; when it listens, the one before drains. Resolves to the port; throws where it does not start. */
  readonly start: (task: WorkerTask) => Promise<number>;
  readonly stop: () => Promise<void>;
}

function byWhom(port: number): string {
  const owner = portOwner(port);
  return owner === undefined ? '' : ` by ${owner.command} (process ${owner.pid})`;
}

function started(worker: Worker, task: WorkerTask): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') worker.send({ kind: 'serve', task } satisfies SupervisorMessage);
      else if (message.kind === 'listening') resolve(message.port);
      else if (message.kind === 'failed' && message.code === 'EADDRINUSE') {
        reject(
          new CliError(
            'GOBLET_CLI_PORT_TAKEN',
            `port ${task.port} of ${task.host} is taken${byWhom(task.port)}; stop what listens there, or give --port another, 0 for any free one`,
          ),
        );
      } else if (message.kind === 'failed') {
        reject(new CliError('GOBLET_CLI_APP', `the app does not start: ${message.message}`));
      }
    });
    worker.once('exit', (code, signal) =>
      reject(new CliError('GOBLET_CLI_APP', `the app ended before it served (${signal ?? `exit code ${code}`})`)),
    );
  });
}

/** Resolves when the version takes no new connection, so that the next one answers from now on. */
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

/** Milliseconds within which a version that is killed is taken to end again. */
const AT_ONCE = 1_000;

/** The SDK's advice about this machine's Node is not about the function's, and would come with every reload. */
const QUIET_SDK = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/**
 * Versions share the listening socket, which the supervisor's process owns: it stays open between two versions, so no
 * connection is refused while one replaces the other.
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
      // Those that start or drain as well.
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      for (const worker of workers) worker.process.kill('SIGKILL');
      await Promise.all(workers.map(exited));
    },
  };
}
