import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { CdkProject } from './cdk-project.js';

export interface CdkDeployOptions {
  readonly project: CdkProject;
  /** Names and patterns, as for `cdk deploy`. */
  readonly stacks: readonly string[];
  readonly all: boolean;
  /** `key=value` */
  readonly context: readonly string[];
  /** The folder for the cloud assembly. */
  readonly assembly: string;
  /** The file for the outputs of the stacks. */
  readonly outputs: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives each line that `cdk` prints. */
  readonly line: (line: string) => void;
  /** Ends it with all processes that it started. */
  readonly signal: AbortSignal;
}

/** Milliseconds for `cdk` to end after the signal. */
const GRACE = 3_000;

/** Runs the project's own `cdk deploy`; resolves to its exit code. */
export async function cdkDeploy(options: CdkDeployOptions): Promise<number> {
  const { project, signal } = options;
  if (signal.aborted) return 1;
  const child = spawn(
    process.execPath,
    [
      ...[project.cdk, 'deploy', ...options.stacks, ...(options.all ? ['--all'] : [])],
      ...(project.app === undefined ? [] : ['--app', project.app]),
      ...options.context.flatMap((one) => ['--context', one]),
      ...['--require-approval', 'never', '--output', options.assembly, '--outputs-file', options.outputs],
    ],
    // A separate process group, so that the CDK app, which `cdk` starts, ends with it.
    {
      cwd: project.folder,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', options.line);
  let forced: NodeJS.Timeout | undefined;
  const end = () => {
    kill(child.pid, 'SIGTERM');
    forced = setTimeout(() => kill(child.pid, 'SIGKILL'), GRACE);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const [code] = await once(child, 'close');
    return typeof code === 'number' ? code : 1;
  } finally {
    clearTimeout(forced);
    signal.removeEventListener('abort', end);
  }
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
