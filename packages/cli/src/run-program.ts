import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from './cli-error.js';
import { programNotFound } from './errors/command.js';

/**
 * Runs a program in the foreground; resolves to its exit code. A signal counts as 128 plus its number, as in shells.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: 'inherit', shell: process.platform === 'win32' });
    // Ctrl-C reaches the child directly; a signal to this process alone must be passed on.
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new CliError(programNotFound(command)) : error),
    );
    child.on('exit', (code, killed) => resolve(code ?? 128 + (killed ? constants.signals[killed] : 0)));
  });
}
