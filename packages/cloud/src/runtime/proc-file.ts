import { readFileSync } from 'node:fs';

/** A file of Linux's /proc; undefined where its process has gone, or is somebody else's. */
export function procFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
