import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, type BuildFailure, fromFailure } from './errors.js';
import { interruptedStack } from './interrupted-stack.js';

export interface ChildOptions {
  /** The file that is loaded, for messages. */
  readonly file: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which a file that is still loading is stopped. @default 30 s */
  readonly timeout?: number;
  /** Receives what the file prints while it is loaded. @default - this process's stderr */
  readonly onOutput?: (chunk: Buffer) => void;
}

const BIN = fileURLToPath(new URL('../bin/goblet-build.js', import.meta.url));
const TIMEOUT = 30_000;

/**
 * Runs `goblet-build` and reads its reply.
 * @throws BuildError for a failure that was replied, and for a process that ended without a reply
 */
export async function askChild<Reply extends object>(args: readonly string[], options: ChildOptions): Promise<Reply> {
  const text = await replyOf(args, options);
  const reply = JSON.parse(text) as Reply | { readonly failure: BuildFailure };
  if ('failure' in reply) throw fromFailure(reply.failure);
  return reply;
}

function replyOf(args: readonly string[], options: ChildOptions): Promise<string> {
  const { file, cwd, environment, timeout = TIMEOUT, onOutput = (chunk) => process.stderr.write(chunk) } = options;
  return new Promise((resolve, reject) => {
    // Interrupted, it prints where it is.
    const child = spawn(process.execPath, ['--trace-sigint', BIN, ...args, '--fd', '3'], {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let printed: string | undefined;
    const timer = setTimeout(() => {
      printed = '';
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
    }, timeout);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', (chunk: Buffer) => {
      if (printed === undefined) onOutput(chunk);
      else printed += chunk.toString();
    });
    child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (printed !== undefined) reject(stoppedChild(file, timeout, printed));
      else if (chunks.length > 0) resolve(Buffer.concat(chunks).toString());
      else reject(silentChild(file, code ?? signal));
    });
  });
}

/** Milliseconds that an interrupted process has to print where it is. */
const GRACE = 1_000;

function stoppedChild(file: string, timeout: number, printed: string): BuildError {
  const interrupted = interruptedStack(printed);
  // It had no time to remove the folder of its bundle.
  if (interrupted !== undefined) rmSync(dirname(interrupted.file), { recursive: true, force: true });
  return new BuildError(
    'GOBLET_BUILD_APP_TIMEOUT',
    `${file} was still loading after ${timeout / 1000} seconds; move what waits into setup`,
    interrupted?.stack,
  );
}

function silentChild(file: string, how: number | NodeJS.Signals | null): BuildError {
  return new BuildError('GOBLET_BUILD_APP_EXITED', `${file} ended the process while it was loaded (exit code ${how})`);
}
