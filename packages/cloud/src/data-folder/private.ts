import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../core/missing-file.js';
import { MARKER_FILE } from './marker.js';

/** Goblet's files and folders in the data folder itself, which is private anyway. */
const OWN = [
  ...[MARKER_FILE, 'credentials.json', 'running.json', 'outputs.json', 'store-log.json'],
  ...['store', 'work', 'objects', 'cdk', 'dev'],
];

const FOR_OTHERS = 0o077;

/** Takes from others what they may do with a file or folder. False where the file system does not let us. */
export async function closeToOthers(path: string): Promise<boolean> {
  try {
    const { mode } = await stat(path);
    if ((mode & FOR_OTHERS) !== 0) await chmod(path, mode & 0o700);
    return ((await stat(path)).mode & FOR_OTHERS) === 0;
  } catch (error) {
    return isMissing(error);
  }
}

/** Closes every file of a folder, and the folder, to others. */
export async function closeFolder(folder: string): Promise<boolean> {
  const closed = await closeToOthers(folder);
  for (const name of await readdir(folder)) await closeToOthers(join(folder, name));
  return closed;
}

/** Closes a data folder to others, also one that was open before. @returns whether it is closed now */
export async function makePrivate(folder: string): Promise<boolean> {
  const closed = await closeToOthers(folder);
  for (const name of OWN) await closeToOthers(join(folder, name));
  // Windows has no such modes; there a folder has the rights of the one above it.
  return closed || process.platform === 'win32';
}
