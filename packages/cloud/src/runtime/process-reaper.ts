import { type ChildProcess, spawn } from 'node:child_process';
import type { ProcessEntry } from './process-table.js';

type Life = Pick<ProcessEntry, 'pid' | 'started'>;

/**
 * Ends every process told to it when this process is gone, however it went (a `kill -9` included): a small shell in a
 * session of its own that reads from a pipe. A function that spins in an endless loop cannot notice the end of the
 * cloud by itself. On Linux it also ends whatever has the mark in its environment, which the shell may know nothing of.
 * On Windows there is no such shell; there an environment ends when it next listens to its connection.
 */
export class ProcessReaper {
  readonly #mark: string;
  readonly #watched = new Map<number, Life>();
  #shell: ChildProcess | undefined;

  /** @param mark the beginning of `NAME=value` in the environment of every process to be ended, a basic regular expression */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Must be called as soon as the process is there. */
  watch(life: Life): void {
    if (process.platform === 'win32') return;
    this.#watched.set(life.pid, life);
    if (this.#shell) tell(this.#shell, '+', life);
    else this.#shell = this.#start();
  }

  /** Must be called when the process has ended, since its id may be given to another. */
  forget(life: Life): void {
    if (this.#watched.get(life.pid)?.started !== life.started) return;
    this.#watched.delete(life.pid);
    if (this.#shell) tell(this.#shell, '-', life);
  }

  /** Lets it end what is still there, and itself. */
  close(): void {
    const shell = this.#shell;
    this.#shell = undefined;
    this.#watched.clear();
    shell?.removeAllListeners('exit');
    shell?.stdin?.end();
  }

  #start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', SCRIPT, 'goblet-reaper', this.#mark], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: { PATH: process.env.PATH },
    });
    shell.unref();
    shell.on('error', () => {});
    shell.on('exit', () => {
      if (this.#shell === shell) this.#shell = this.#watched.size > 0 ? this.#start() : undefined;
    });
    shell.stdin?.on('error', () => {});
    if (shell.stdin && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
    for (const life of this.#watched.values()) tell(shell, '+', life);
    return shell;
  }
}

function tell({ stdin }: ChildProcess, sign: '+' | '-', { pid, started }: Life): void {
  stdin?.write(`${sign} ${pid}:${started.replaceAll(/[^0-9]/g, '')}\n`);
}

/**
 * Keeps a list of `id:start`, with the start from /proc/<id>/stat. If an id now belongs to another process, it is left
 * alone; if the leader of a group has gone, its group still has its id.
 */
const SCRIPT = `mark=$1
list=' '
while read -r sign life; do
  case $sign in
    +) list="$list$life " ;;
    -) case $list in *" $life "*) list="\${list%% $life *} \${list#* $life }" ;; esac ;;
  esac
done
for life in $list; do
  id=\${life%:*}
  if [ -r "/proc/$id/stat" ]; then
    read -r stat < "/proc/$id/stat" || continue
    set -f
    set -- \${stat##*) }
    set +f
    [ "\${20}" = "\${life#*:}" ] || continue
  fi
  kill -9 "-$id"
  kill -9 "$id"
done
[ -r /proc/self/environ ] || exit 0
round=0
while [ $round -lt 100 ]; do
  found=$(grep -ls "$mark" /proc/[0-9]*/environ)
  [ -n "$found" ] || break
  for file in $found; do
    id=\${file#/proc/}
    kill -9 "\${id%/environ}"
  done
  round=$((round + 1))
done`;

/** Ends a process and everything in its group. Does nothing where it has ended; the caller knows that it is its child. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
