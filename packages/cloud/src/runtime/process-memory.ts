import { closeSync, openSync, readSync } from 'node:fs';
import { procFile } from './proc-file.js';

/** The memory that a process uses, in bytes. */
export interface MemoryUse {
  /** Heap, Buffers, stacks: what has to stay in memory. */
  readonly held: number;
  /** Pages of files, which processes share and the system can drop: the program itself, above all. */
  readonly files: number;
}

/** The size of Node.js's own file in memory, in bytes. Only for systems that report the sum alone. */
const NODE_FILES = 40 * 1024 * 1024;

export function estimatedUse(resident: number): MemoryUse {
  const files = Math.min(resident, NODE_FILES);
  return { held: resident - files, files };
}

/**
 * Reads what one process takes up, again and again: on Linux a microsecond each time, as the file stays open, and never
 * of another process that was given the same number.
 */
export class MemoryGauge {
  readonly #file: number | undefined;
  static readonly #buffer = Buffer.alloc(128);

  constructor(pid: number) {
    try {
      this.#file = openSync(`/proc/${pid}/statm`, 'r');
    } catch {
      this.#file = undefined;
    }
  }

  /** Undefined where the process has gone, or the system has no such file. Shared memory counts as files here. */
  read(): MemoryUse | undefined {
    if (this.#file === undefined) return undefined;
    try {
      const length = readSync(this.#file, MemoryGauge.#buffer, 0, 128, 0);
      const [, resident = 0, files = 0] = MemoryGauge.#buffer.toString('latin1', 0, length).split(' ').map(Number);
      return { held: (resident - files) * pageSize(), files: files * pageSize() };
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}

let size: number | undefined;

/** Bytes of a page, which is 4 kB on most machines and 16 or 64 kB on some. */
function pageSize(): number {
  if (size === undefined) {
    const pages = Number(procFile('/proc/self/statm')?.split(' ')[0]);
    const bytes = kilobytes(procFile('/proc/self/status') ?? '', 'VmSize') * 1024;
    size = 2 ** Math.round(Math.log2(bytes / pages));
  }
  return size;
}

/** Bytes that a process holds, shared memory included; undefined where the system does not tell. */
export function heldBytes(pid: number): number | undefined {
  const status = procFile(`/proc/${pid}/status`);
  return status === undefined ? undefined : (kilobytes(status, 'RssAnon') + kilobytes(status, 'RssShmem')) * 1024;
}

/**
 * The same of several processes, each page once: what a process shares with its parent since the fork counts in parts.
 * It costs the system a walk over all their pages.
 */
export function heldTogether(pids: readonly number[]): number {
  let sum = 0;
  for (const pid of pids) {
    const rollup = procFile(`/proc/${pid}/smaps_rollup`);
    sum += rollup?.includes('Pss_Anon:')
      ? (kilobytes(rollup, 'Pss_Anon') + kilobytes(rollup, 'Pss_Shmem')) * 1024
      : (heldBytes(pid) ?? 0);
  }
  return sum;
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}
