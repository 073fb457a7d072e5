import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { soundBlocks } from './table-file.js';

interface Table {
  readonly name: string;
  /** By what it is known again: LevelDB may give its name to another when it is gone. */
  readonly identity: string;
}

async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

/** The tables of a folder before LevelDB opens it, which may have begun one and never finished it. */
export async function tablesIn(folder: string): Promise<readonly Table[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ldb|sst)$/.test(name)).sort();
  const tables = await Promise.all(
    names.map(async (name) => ({ name, identity: await identityOf(join(folder, name)) })),
  );
  return tables.flatMap(({ name, identity }) => (identity === undefined ? [] : [{ name, identity }]));
}

/** How many blocks are looked at before others get their turn: some 64 KB. */
const TURN = 16;

/**
 * The damage in tables, in words; undefined if there is none. LevelDB does not verify what it reads, and treats a block
 * that it cannot parse as empty: its contents would be missing without notice.
 */
export async function damagedTables(
  folder: string,
  tables: readonly Table[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const damaged: string[] = [];
  let wrong = 0;
  let blocks = 0;
  for (const { name, identity } of tables) {
    if (signal.aborted) return undefined;
    const path = join(folder, name);
    if ((await identityOf(path)) !== identity) continue;
    const file = await readFile(path).catch(() => undefined);
    if (file === undefined) continue;
    const before = wrong;
    for (const sound of soundBlocks(file)) {
      if (!sound) wrong++;
      if (++blocks % TURN === 0) await setImmediate();
    }
    if (wrong > before) damaged.push(name);
  }
  if (wrong === 0 || signal.aborted) return undefined;
  return `${wrong} of ${blocks} blocks are damaged (${damaged.join(', ')}): what is in them is missing, or can not be read`;
}
