import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a process and its store take at one moment. Linux alone tells. */
export interface Resources {
  /** Resident megabytes. */
  readonly memory: number;
  readonly descriptors: number;
  /** Megabytes of the store's files. */
  readonly store: number;
}

export function resourcesOf(pid: number, store: string): Resources {
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const sizes = readdirSync(store).map((name) => statSync(join(store, name), { throwIfNoEntry: false })?.size ?? 0);
  return {
    memory: Number(resident) / 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    store: sizes.reduce((sum, size) => sum + size, 0) / 1e6,
  };
}
