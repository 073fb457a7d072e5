import { crc32c } from './crc32c.js';
import { readVarint, unsnapped } from './snappy.js';

/*
 * A table of LevelDB (doc/table_format.md): blocks, each followed by its compression and a masked CRC-32C; the last of
 * them are the index of the metadata and the index of the data; a footer says where those two are.
 */
const FOOTER = 48;
const MAGIC = '57fb808b247547db';
const TRAILER = 5;
const SNAPPY = 1;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

class BlockDamaged extends Error {}

function readHandle(bytes: Buffer, from: number): readonly [handle: Handle, next: number] {
  const [offset, behindOffset] = readVarint(bytes, from);
  const [size, next] = readVarint(bytes, behindOffset);
  return [{ offset, size }, next];
}

/** LevelDB masks checksums, as they are of bytes that hold checksums themselves. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function isSound(file: Buffer, { offset, size }: Handle): boolean {
  if (offset + size + TRAILER > file.length - FOOTER) return false;
  return masked(crc32c(file.subarray(offset, offset + size + 1))) === file.readUInt32LE(offset + size + 1);
}

function contentOf(file: Buffer, handle: Handle): Buffer {
  if (!isSound(file, handle)) throw new BlockDamaged();
  const content = file.subarray(handle.offset, handle.offset + handle.size);
  return file[handle.offset + handle.size] === SNAPPY ? unsnapped(content) : content;
}

/** The handles that are the values of an index. Its entries end where the list of restarts begins. */
function handlesIn(block: Buffer): Handle[] {
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4);
  const handles: Handle[] = [];
  for (let at = 0; at < end; ) {
    const [, behindShared] = readVarint(block, at);
    const [unshared, behindUnshared] = readVarint(block, behindShared);
    const [length, behindLength] = readVarint(block, behindUnshared);
    const value = behindLength + unshared;
    handles.push(readHandle(block, value)[0]);
    at = value + length;
  }
  return handles;
}

/**
 * Looks at the blocks of a table, one at a time.
 *
 * @returns for each whether it is as it was written; a single false for a table of which not even the index can be read
 */
export function* soundBlocks(file: Buffer): Generator<boolean> {
  let handles: Handle[];
  try {
    const footer = file.subarray(file.length - FOOTER);
    if (footer.subarray(FOOTER - 8).toString('hex') !== MAGIC) throw new BlockDamaged();
    const [metadata, next] = readHandle(footer, 0);
    const [index] = readHandle(footer, next);
    handles = [metadata, index].flatMap((handle) => handlesIn(contentOf(file, handle)));
  } catch {
    yield false;
    return;
  }
  yield true;
  for (const handle of handles) yield isSound(file, handle);
}
