import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { procFile } from './proc-file.js';
import { estimatedUse, type MemoryUse } from './process-memory.js';

/** One process. Its number is given to another one after its end; number and start together are not. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** In words of the system; only good for comparing. */
  readonly started: string;
  /** True if it has ended and its parent has not yet read its status. */
  readonly ended: boolean;
}

/** The processes of this machine at one moment. */
export interface ProcessTable {
  readonly pids: readonly number[];
  /** Undefined where it has ended meanwhile. */
  readonly entry: (pid: number) => ProcessEntry | undefined;
  /** The variables that it was started with, a zero byte between them; empty where the system keeps them to itself. */
  readonly environment: (pid: number) => string;
  /** Its memory, if the table itself has it. */
  readonly memory: (pid: number) => MemoryUse | undefined;
}

const hasProc = existsSync('/proc/self/stat');
const run = promisify(execFile);

/** Milliseconds between two looks at all processes: a few files of /proc each time, or a run of `ps`. */
export const LOOK_EVERY = hasProc ? 500 : 2000;

/** Reads the table; undefined on systems that have none for us. */
export function readProcesses(): ProcessTable | Promise<ProcessTable | undefined> {
  return hasProc ? procTable() : psTable();
}

/** The entry of a process that is there; undefined where only `readProcesses` tells. */
export function readProcess(pid: number): ProcessEntry | undefined {
  return hasProc ? procEntry(pid) : undefined;
}

/** Linux: what is asked for is read then, since most processes are looked at once. */
function procTable(): ProcessTable {
  return {
    pids: readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
    entry: procEntry,
    environment: (pid) => procFile(`/proc/${pid}/environ`) ?? '',
    memory: () => undefined,
  };
}

function procEntry(pid: number): ProcessEntry | undefined {
  const stat = procFile(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name of the program, in parentheses, may hold anything.
  const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    started: rest[15] ?? '',
    ended: state === 'Z' || state === 'X',
  };
}

/** Other Unix systems: what `ps` says. It keeps the environments of processes to itself. */
export async function psTable(): Promise<ProcessTable | undefined> {
  if (process.platform === 'win32') return undefined;
  const columns = ['pid=', 'ppid=', 'pgid=', 'stat=', 'rss=', 'lstart='].flatMap((column) => ['-o', column]);
  const { stdout } = await run('ps', ['-A', ...columns], { env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  const rows = new Map<number, { readonly entry: ProcessEntry; readonly memory: MemoryUse }>();
  for (const line of stdout.split('\n')) {
    const [pid, parent, group, state = '', kilobytes, ...started] = line.trim().split(/\s+/);
    if (started.length === 0) continue;
    const entry = {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      started: started.join(' '),
      ended: state.startsWith('Z'),
    };
    rows.set(entry.pid, { entry, memory: estimatedUse(Number(kilobytes) * 1024) });
  }
  return {
    pids: [...rows.keys()],
    entry: (pid) => rows.get(pid)?.entry,
    environment: () => '',
    memory: (pid) => rows.get(pid)?.memory,
  };
}
