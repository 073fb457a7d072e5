import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { CloudError } from '../core/cloud-error.js';
import { folderFailure, isSystemFailure } from '../core/folder-failure.js';
import { closeToOthers } from '../data-folder/private.js';
import { folderClosed, untilRoom } from '../errors/folder.js';
import { commit, type Database, type Level, type Operation } from './database.js';
import { LogLength } from './log-length.js';
import { hasRoom, roomToOpen } from './room.js';
import { storeFailure } from './store-failure.js';
import { WriteLine } from './write-line.js';

/**
 * Opens the LevelDB of a folder.
 * @param create true to create it if there is none
 */
export async function openLevel(folder: string, create: boolean): Promise<Level> {
  const level = new ClassicLevel<string, Uint8Array>(folder, { keyEncoding: 'utf8', valueEncoding: 'view' });
  await level.open({ createIfMissing: create });
  return level;
}

/** LevelDB makes its files readable for all, at any time. */
function keepClosed(folder: string): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== null) void closeToOthers(join(folder, name));
    });
    // The folder itself is closed; without the watch its files are so from the next start.
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

/**
 * A LevelDB in a folder. After a write that the operating system refused, LevelDB refuses all others, and what it took
 * nevertheless would stand behind half a record: it is closed, and opened again as soon as there is room. Reads go on
 * until then, and wait while it is opened.
 */
export class DiskDatabase implements Database {
  readonly name: string;
  readonly #line = new WriteLine((operations) => this.#write(operations));
  readonly #logLength: LogLength;
  readonly #watcher: FSWatcher | undefined;
  /** Undefined after it was closed to be opened again, and that failed. */
  #level: Level | undefined;
  #opening: Promise<Level> | undefined;
  /** Why LevelDB takes no more writes. */
  #refused: unknown;
  #closed = false;

  constructor(
    folder: string,
    level: Level,
    private readonly room: typeof hasRoom = hasRoom,
  ) {
    this.name = folder;
    this.#level = level;
    this.#logLength = new LogLength(folder);
    this.#watcher = keepClosed(folder);
  }

  readonly level = (): Level | Promise<Level> => this.#opening ?? this.#level ?? this.#openAgain(undefined);

  readonly write = (operations: readonly Operation[]): Promise<void> => this.#line.add(operations);

  readonly close = async (): Promise<void> => {
    this.#closed = true;
    await this.#line.idle();
    this.#watcher?.close();
    // Where a disk is full nothing can be noted, and the store is closed as it is.
    if (this.#refused === undefined) await this.#logLength.note().catch(() => {});
    const level = (await this.#opening) ?? this.#level;
    await level?.close();
  };

  async #write(operations: readonly Operation[]): Promise<void> {
    if (this.#refused !== undefined) await this.#recover(this.#refused);
    try {
      await commit(await this.level(), operations);
    } catch (error) {
      await this.#recover(error);
      await this.#writeOnce(operations);
    }
    this.#logLength.written();
  }

  async #writeOnce(operations: readonly Operation[]): Promise<void> {
    try {
      await commit(await this.level(), operations);
    } catch (error) {
      this.#refused = error;
      throw storeFailure(this.name, 'it', 'written', error);
    }
  }

  /** Has LevelDB take writes again, or says why it does not. */
  async #recover(error: unknown): Promise<void> {
    // A fault of ours in one batch, or a store that is closed, leaves LevelDB as it was.
    if (this.#closed || storeFailure(this.name, 'it', 'written', error) === error) throw error;
    this.#refused = error;
    if (!isSystemFailure(error)) throw storeFailure(this.name, 'it', 'written', error);
    const needed = await roomToOpen(this.name);
    if (!(await this.room(this.name, needed))) throw this.#noRoom(needed, error);
    const before = this.#level;
    this.#level = undefined;
    await this.#openAgain(before);
    this.#refused = undefined;
  }

  #noRoom(needed: number, error: unknown): CloudError {
    const failure = folderFailure(this.name, 'written', error);
    const sentence = failure.message.slice(failure.code.length + 2);
    return new CloudError(untilRoom(failure.code, sentence, needed), { cause: error });
  }

  #openAgain(before: Level | undefined): Promise<Level> {
    const opening = (async () => {
      try {
        if (this.#closed) throw new CloudError(folderClosed(this.name));
        await before?.close();
        const level = await openLevel(this.name, false);
        this.#level = level;
        return level;
      } catch (error) {
        throw storeFailure(this.name, 'it', 'opened', error);
      } finally {
        this.#opening = undefined;
      }
    })();
    this.#opening = opening;
    return opening;
  }
}
