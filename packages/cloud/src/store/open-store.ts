import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryLevel } from 'memory-level';
import { CloudError } from '../core/cloud-error.js';
import { failureTexts, folderFailure } from '../core/folder-failure.js';
import { isMissing } from '../core/missing-file.js';
import type { Store } from '../core/store.js';
import { closeFolder } from '../data-folder/private.js';
import { folderInUse, unusable } from '../errors/folder.js';
import { commit, type Level } from './database.js';
import { DiskDatabase, openLevel } from './disk-database.js';
import { levelStore } from './level-store.js';
import { missingLog } from './log-length.js';
import { addChecksums } from './migrate.js';
import { droppedRecords } from './recovery-report.js';
import { storeDamaged, storeFailure } from './store-failure.js';
import { damagedTables, tablesIn } from './table-check.js';

export interface StoreOptions {
  /**
   * True to create a store if there is none; a store that existed before must exist.
   * @default true
   */
  readonly create?: boolean;
  /**
   * True if its values may be of the first format, and get checksums.
   * @default false
   */
  readonly migrate?: boolean;
  /**
   * Receives descriptions of damage that LevelDB ignored.
   * @default - dropped
   */
  readonly warn?: (message: string) => void;
}

/** Milliseconds until the tables of a store that was opened are looked at. */
const CHECK_PAUSE = 1_000;

function causeCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

/** LevelDB takes a folder without CURRENT for an empty one, makes a new store in it, and removes all tables. */
async function refuseWithoutCurrent(folder: string, create: boolean): Promise<void> {
  const names = await readdir(folder);
  if (names.includes('CURRENT')) return;
  const data = names.filter((name) => /\.(ldb|sst|log)$/.test(name));
  if (create && data.length === 0) return;
  const files = data.length === 1 ? 'one file' : `${data.length} files`;
  const found =
    data.length === 0 ? 'and so are its files with data' : `${files} with data are there, and stay as they are`;
  throw storeDamaged(folder, `its file CURRENT is missing; ${found}`);
}

async function prepared(folder: string, create: boolean): Promise<void> {
  try {
    if (create) await mkdir(folder, { recursive: true, mode: 0o700 });
    else if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await refuseWithoutCurrent(folder, create);
  } catch (error) {
    if (isMissing(error)) throw storeDamaged(folder, 'the folder is missing', error);
    throw folderFailure(folder, 'opened', error);
  }
}

async function opened(folder: string, create: boolean): Promise<Level> {
  try {
    return await openLevel(folder, create);
  } catch (error) {
    if (causeCode(error) === 'LEVEL_LOCKED') throw new CloudError(folderInUse(folder), { cause: error });
    const failure = storeFailure(folder, 'it', 'opened', error);
    throw failure instanceof CloudError
      ? failure
      : new CloudError(unusable(folder, 'opened', failureTexts(error)), { cause: error });
  }
}

/**
 * Opens the store in a folder. An acknowledged batch is in LevelDB's log, written to the operating system: it survives
 * the death of this process (`kill -9`), not of the machine.
 *
 * @throws CloudError GOBLET_CLOUD_FOLDER_IN_USE while another process has it open, GOBLET_CLOUD_STORE_DAMAGED where
 * files of it are missing or unreadable, GOBLET_CLOUD_FOLDER_UNUSABLE
 */
export async function openStore(folder: string, options: StoreOptions = {}): Promise<Store> {
  const { create = true, migrate = false, warn = () => {} } = options;
  await prepared(folder, create);
  const tables = await tablesIn(folder);
  const missing = await missingLog(folder);
  const level = await opened(folder, create);
  try {
    const dropped = await droppedRecords(folder);
    for (const damage of [missing, dropped]) {
      if (damage !== undefined)
        warn(`${join(folder, '..')} was damaged, and the cloud starts without what is lost: ${damage}`);
    }
    await closeFolder(folder);
    if (migrate) await addChecksums(level);
  } catch (error) {
    await level.close();
    throw storeFailure(folder, 'it', 'opened', error);
  }
  const store = levelStore(new DiskDatabase(folder, level));
  const closing = new AbortController();
  const check = async () => {
    const damage = await damagedTables(folder, tables, closing.signal);
    if (damage !== undefined) warn(storeDamaged(folder, damage).message);
  };
  // Not before the cloud answers, whose start has other things to do.
  const checking = setTimeout(() => void check(), CHECK_PAUSE).unref();
  const close = async () => {
    clearTimeout(checking);
    closing.abort();
    await store.close();
  };
  return { ...store, close };
}

/** A store in memory, gone with the process. */
export async function openMemoryStore(): Promise<Store> {
  const level = new MemoryLevel<string, Uint8Array>({ keyEncoding: 'utf8', valueEncoding: 'view' });
  await level.open();
  return levelStore({
    name: 'in memory',
    level: () => level,
    write: (operations) => commit(level, operations),
    close: () => level.close(),
  });
}
