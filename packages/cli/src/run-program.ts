import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from './cli-error.js';

/** Runs a program in the foreground; resolves to its exit code, a signal counting as 128 and its number, as shells do. */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: 'inherit', shell: process.platform === 'win32' });
    // Ctrl-C reaches the child by itself; a signal to this process alone has to be passed on.
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new CliError('GOBLET_CLI_NOT_FOUND', `there is no command ${command}; check its spelling and your PATH`)
          : error,
      ),
    );
    child.on('exit', (code, killed) => resolve(code ?? 128 + (killed ? constants.signals[killed] : 0)));
  });
}
