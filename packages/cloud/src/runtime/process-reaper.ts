import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends every process group told to it when this process is gone, however it went (a `kill -9` included): a small shell
 * that reads ids from a pipe. A function that spins in an endless loop cannot notice the end of the cloud by itself.
 * On Windows there is no such shell; there an environment ends when it next listens to its connection.
 */
export class ProcessReaper {
  #shell: ChildProcess | undefined;

  /** Must be called as soon as the process is there. */
  watch(pid: number): void {
    if (process.platform === 'win32') return;
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(`+ ${pid}\n`);
  }

  /** Must be called when the process has ended, since its id may be given to another. */
  forget(pid: number): void {
    this.#shell?.stdin?.write(`- ${pid}\n`);
  }

  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: {} });
    shell.unref();
    shell.on('error', () => {});
    shell.stdin?.on('error', () => {});
    if (shell.stdin && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
    return shell;
  }
}

const SCRIPT = `pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "-$pid"; done`;

/** Ends a process and everything it started. Does nothing where it has ended. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
