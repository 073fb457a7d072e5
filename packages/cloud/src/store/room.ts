import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside what is replayed, LevelDB makes a new log and a new manifest. */
const MARGIN = 4 << 20;
const PIECE = Buffer.alloc(1 << 20);

/** How many bytes LevelDB may need to open a folder: its logs become tables, and its manifest is rewritten. */
export async function roomToOpen(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => /\.log$|^MANIFEST-/.test(name));
  // A file that vanishes in between needs no room.
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, MARGIN);
}

async function filled(path: string, bytes: number): Promise<void> {
  await using file = await open(path, 'w', 0o600);
  for (let left = bytes; left > 0; left -= PIECE.length)
    await file.write(PIECE.subarray(0, Math.min(left, PIECE.length)));
}

/**
 * True if this number of bytes can be written beside a folder. It tries to write, because the file system does not
 * report a quota.
 */
export async function hasRoom(folder: string, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) return false;
  const path = `${folder}-room`;
  try {
    await filled(path, bytes);
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
