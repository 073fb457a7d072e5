import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { folderFailure } from '../../../core/folder-failure.js';
import { storeDamaged } from '../../../store/store-failure.js';

/** Bytes of a body in one block of its file. Behind each block stands its CRC-32. */
const BLOCK = 1024 * 1024;
const SUM = 4;

/** The folder of bodies that are too large for the store: a file each, in blocks that are verified when they are read. */
export interface BodyFiles {
  /** Writes a file. What is there of it after a failure is for `remove`. @returns how many bytes the body had */
  readonly write: (id: string, body: AsyncIterable<Uint8Array>) => Promise<number>;
  /** Reads from `start` up to `end`, which is not among them, of a body of `size` bytes. */
  readonly read: (id: string, size: number, start: number, end: number) => AsyncGenerator<Uint8Array>;
  /** Removes a file, if it is there. */
  readonly remove: (id: string) => Promise<void>;
}

/** Says what it means for the user that the folder could not be written. */
async function orFailure<T>(folder: string, done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw folderFailure(folder, 'written', error);
  }
}

async function writeBlocks(folder: string, file: FileHandle, body: AsyncIterable<Uint8Array>): Promise<number> {
  const block = Buffer.allocUnsafe(BLOCK + SUM);
  let used = 0;
  let size = 0;
  const flush = async () => {
    block.writeUInt32BE(crc32(block.subarray(0, used)), used);
    await orFailure(folder, file.appendFile(block.subarray(0, used + SUM)));
    used = 0;
  };
  for await (const piece of body) {
    size += piece.length;
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + BLOCK - used);
      block.set(part, used);
      used += part.length;
      at += part.length;
      if (used === BLOCK) await flush();
    }
  }
  if (used > 0) await flush();
  return size;
}

async function readBlock(path: string, file: FileHandle, index: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length + SUM);
  let have = 0;
  while (have < bytes.length) {
    const position = index * (BLOCK + SUM) + have;
    const { bytesRead } = await file.read(bytes, have, bytes.length - have, position);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  const block = bytes.subarray(0, length);
  if (have < bytes.length || crc32(block) !== bytes.readUInt32BE(length)) {
    throw storeDamaged(path, `its block ${index} is not what was written`);
  }
  return block;
}

export function createBodyFiles(folder: string): BodyFiles {
  const pathOf = (id: string) => join(folder, id);
  let made: Promise<unknown> | undefined;
  return {
    write: async (id, body) => {
      made ??= mkdir(folder, { recursive: true, mode: 0o700 });
      await orFailure(folder, made);
      const file = await orFailure(folder, open(pathOf(id), 'wx', 0o600));
      try {
        return await writeBlocks(folder, file, body);
      } finally {
        await file.close();
      }
    },
    read: async function* (id, size, start, end) {
      const file = await open(pathOf(id), 'r');
      try {
        for (let index = Math.floor(start / BLOCK); index * BLOCK < end; index++) {
          const from = index * BLOCK;
          const block = await readBlock(pathOf(id), file, index, Math.min(BLOCK, size - from));
          yield block.subarray(Math.max(start - from, 0), Math.min(end - from, block.length));
        }
      } finally {
        await file.close();
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}
