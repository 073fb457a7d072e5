import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const DROPPED = /(\S+): dropping (\d+) bytes; (.*)$/;

/**
 * The records that LevelDB could not read from its logs when it opened a folder, in words; undefined if it read all.
 * LevelDB continues without them, and says so only in its LOG.
 */
export async function droppedRecords(folder: string): Promise<string | undefined> {
  const lines = (await readFile(join(folder, 'LOG'), 'utf8').catch(() => '')).split('\n');
  const dropped = lines.flatMap((line) => {
    const [, file, bytes, reason] = DROPPED.exec(line) ?? [];
    return file === undefined ? [] : [{ file: basename(file), bytes: Number(bytes), reason }];
  });
  const [first] = dropped;
  if (first === undefined) return undefined;
  const bytes = dropped.reduce((sum, { bytes }) => sum + bytes, 0);
  const places = dropped.length === 1 ? 'one place' : `${dropped.length} places`;
  return `${bytes} bytes in ${places} of ${join(basename(folder), first.file)} could not be read (${first.reason}): the writes in them are lost`;
}
