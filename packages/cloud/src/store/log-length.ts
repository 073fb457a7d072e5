import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/*
 * LevelDB takes a log that ends early for one whose last write was cut off when the process died, and says nothing. How
 * long the log was is noted beside the store, a second after a write at the latest and exactly when the store is closed.
 */
const PAUSE = 1_000;

interface Noted {
  readonly log: string;
  readonly bytes: number;
}

const noteOf = (folder: string): string => `${folder}-log.json`;

const numberOf = (log: string): number => Number.parseInt(log, 10);

/** The log that LevelDB writes to: the latest. */
async function currentLog(folder: string): Promise<Noted | undefined> {
  const logs = (await readdir(folder)).filter((name) => /^\d+\.log$/.test(name));
  const log = logs.sort((a, b) => numberOf(a) - numberOf(b)).at(-1);
  return log === undefined ? undefined : { log, bytes: (await stat(join(folder, log))).size };
}

async function readNote(folder: string): Promise<Noted | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(noteOf(folder), 'utf8'));
    if (typeof value !== 'object' || value === null || !('log' in value) || !('bytes' in value)) return undefined;
    return typeof value.log === 'string' && typeof value.bytes === 'number'
      ? { log: value.log, bytes: value.bytes }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The part of the log that is missing since its length was noted, in words; undefined if nothing is missing. Call it
 * before LevelDB opens the folder.
 */
export async function missingLog(folder: string): Promise<string | undefined> {
  const noted = await readNote(folder);
  if (noted === undefined || noted.bytes === 0) return undefined;
  const bytes = await stat(join(folder, noted.log)).then(
    ({ size }) => size,
    () => undefined,
  );
  const name = join(basename(folder), noted.log);
  if (bytes === undefined) {
    // Gone by itself once its content is in a table, and then there is a later one.
    const current = await currentLog(folder);
    if (current !== undefined && numberOf(current.log) > numberOf(noted.log)) return undefined;
    return `${name} is missing: the latest ${noted.bytes} bytes that were written are lost`;
  }
  if (bytes >= noted.bytes) return undefined;
  return `${name} is cut off at ${bytes} of ${noted.bytes} bytes: the latest ${noted.bytes - bytes} bytes that were written are lost`;
}

/** Notes the length of a store's log while it is written. */
export class LogLength {
  readonly #folder: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  written(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Only an aid for a later start: what matters here is said by the write that fails.
      this.note().catch(() => {});
    }, PAUSE).unref();
  }

  async note(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const current = await currentLog(this.#folder);
    if (current) await writeFile(noteOf(this.#folder), JSON.stringify(current), { mode: 0o600 });
  }
}
