import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;

/** A file system of so many bytes in memory, unmounted at the end of the block; undefined where that is not permitted. */
export function mounted(size: string) {
  const path = mkdtempSync(join(tmpdir(), 'goblet-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path)) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    remount: (option: string) => {
      if (!mount('-o', `remount,${option}`, path)) throw new Error(`${path} can not be mounted again with ${option}`);
    },
    [Symbol.dispose]: () => {
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Whether this user may mount file systems: root of a machine, and not of every container. */
export function mayMount(): boolean {
  using disk = process.platform === 'linux' ? mounted('1m') : undefined;
  return disk !== undefined;
}
