import { randomUUID } from 'node:crypto';
import type { Area, Write } from '../../../core/store.js';
import type { BodyFiles } from './body-file.js';

/** A piece of a body, as one upload brought it. An object made of parts has several. */
export interface Segment {
  readonly id: string;
  readonly size: number;
  /** True where the bytes are in a file; else they are in the store. */
  readonly file?: true;
}

/** A body that is kept, but nobody's yet. */
export interface KeptBody {
  readonly segment: Segment;
  /** For the batch that makes it somebody's. */
  readonly writes: readonly Write[];
  /** Drops it, where that batch is not going to be. */
  readonly discard: () => Promise<void>;
}

/** Bytes of a body: all of them where they are few. */
export type BodyBytes = Uint8Array | AsyncIterable<Uint8Array>;

export interface BodyStore {
  /** Keeps a body as it comes in: in the store where it is small, else in a file. */
  readonly keep: (body: AsyncIterable<Uint8Array>) => Promise<KeptBody>;
  /** The writes that drop bodies. */
  readonly remove: (segments: readonly Segment[]) => readonly Write[];
  /** Commits writes, those of bodies among them, and removes the files that are nobody's then. */
  readonly commit: (writes: readonly Write[]) => Promise<void>;
  /**
   * The bytes from `start` up to `end`, which is not among them. They stay while they are read, whatever becomes of the
   * object.
   */
  readonly read: (segments: readonly Segment[], start: number, end: number) => Promise<BodyBytes>;
  /** Removes the files of bodies that a process left behind when it ended. */
  readonly sweep: () => Promise<void>;
}

const CHUNK = 1024 * 1024;

const chunkKey = (id: string, index: number): string => `${id}/${String(index).padStart(8, '0')}`;

function* chunkKeys({ id, size }: Segment): Iterable<string> {
  for (let index = 0; index * CHUNK < size; index++) yield chunkKey(id, index);
}

/** The first bytes of a stream, and whether they are all. */
async function takeFirst(pieces: AsyncIterator<Uint8Array>): Promise<{ first: Uint8Array[]; whole: boolean }> {
  const first: Uint8Array[] = [];
  for (let size = 0; size <= CHUNK; ) {
    const { done, value } = await pieces.next();
    if (done) return { first, whole: true };
    first.push(value);
    size += value.length;
  }
  return { first, whole: false };
}

async function* rejoin(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  for (;;) {
    const { done, value } = await rest.next();
    if (done) return;
    yield value;
  }
}

/**
 * Bodies: small ones in the store, larger ones in files of a folder. The store names every file that is nobody's
 * (`unclaimed`): from before it is made until the batch that makes it an object's, and from the batch that drops the
 * object until it is gone. So a process may end at any moment, and only files that the store names are ever removed.
 *
 * @param s3 the part of the store that is S3's
 */
export function createBodyStore(root: Area, s3: Area, files: BodyFiles): BodyStore {
  const stored = s3.area('body');
  const unclaimed = s3.area('unclaimed');
  const unclaimedPrefix = unclaimed.keyOf('');
  const writing = new Set<string>();
  const readers = new Map<string, number>();
  const doomed = new Set<string>();

  async function drop(id: string): Promise<void> {
    if (readers.has(id)) {
      doomed.add(id);
      return;
    }
    await files.remove(id);
    await unclaimed.batch([{ key: id, value: undefined }]);
  }

  /** Keeps files while they are read. The function that is returned lets them go. */
  function retain(ids: readonly string[]): () => void {
    for (const id of ids) readers.set(id, (readers.get(id) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      for (const id of ids) {
        const left = (readers.get(id) ?? 1) - 1;
        if (left > 0) readers.set(id, left);
        else readers.delete(id);
        // Files that cannot be removed now are named in the store and removed at the next start.
        if (left === 0 && doomed.delete(id)) drop(id).catch(() => {});
      }
    };
  }

  async function* bytesOf(segments: readonly Segment[], start: number, end: number): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (const segment of segments) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, segment.size);
      offset += segment.size;
      if (from >= to) continue;
      if (segment.file) yield* files.read(segment.id, segment.size, from, to);
      else yield* storedBytes(segment, from, to);
    }
  }

  async function* storedBytes({ id }: Segment, from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let index = Math.floor(from / CHUNK); index * CHUNK < to; index++) {
      const chunk = await stored.get<Uint8Array>(chunkKey(id, index));
      if (!chunk) throw new Error(`a body's chunk is missing: ${chunkKey(id, index)}`);
      const at = index * CHUNK;
      yield chunk.subarray(Math.max(from - at, 0), Math.min(to - at, chunk.length));
    }
  }

  async function keepInStore(pieces: readonly Uint8Array[]): Promise<KeptBody> {
    const body = Buffer.concat(pieces);
    const segment = { id: randomUUID(), size: body.length };
    const writes = [...chunkKeys(segment)].map((key, index) => ({
      key: stored.keyOf(key),
      value: body.subarray(index * CHUNK, (index + 1) * CHUNK),
    }));
    return { segment, writes, discard: async () => {} };
  }

  async function keepInFile(body: AsyncIterable<Uint8Array>): Promise<KeptBody> {
    const id = randomUUID();
    writing.add(id);
    const discard = async () => {
      writing.delete(id);
      await drop(id);
    };
    try {
      await unclaimed.batch([{ key: id, value: true }]);
      const size = await files.write(id, body);
      return { segment: { id, size, file: true }, writes: [{ key: unclaimed.keyOf(id), value: undefined }], discard };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  return {
    keep: async (body) => {
      const pieces = body[Symbol.asyncIterator]();
      const { first, whole } = await takeFirst(pieces);
      return whole ? keepInStore(first) : keepInFile(rejoin(first, pieces));
    },
    remove: (segments) =>
      segments.flatMap((segment): Write[] =>
        segment.file
          ? [{ key: unclaimed.keyOf(segment.id), value: true }]
          : [...chunkKeys(segment)].map((key) => ({ key: stored.keyOf(key), value: undefined })),
      ),
    commit: async (writes) => {
      await root.batch(writes);
      for (const { key, value } of writes) {
        if (!key.startsWith(unclaimedPrefix)) continue;
        const id = key.slice(unclaimedPrefix.length);
        if (value === undefined) writing.delete(id);
        // The change is made; a file that cannot be removed now is removed at the next start.
        else await drop(id).catch(() => {});
      }
    },
    read: async (segments, start, end) => {
      const bytes = bytesOf(segments, start, end);
      if (end - start <= CHUNK) {
        const pieces: Uint8Array[] = [];
        for await (const piece of bytes) pieces.push(piece);
        return pieces.length === 1 ? (pieces[0] ?? new Uint8Array(0)) : Buffer.concat(pieces);
      }
      const release = retain(segments.flatMap(({ id, file }) => (file ? [id] : [])));
      return released(bytes, release);
    },
    sweep: async () => {
      for await (const [id] of unclaimed.range({})) if (!writing.has(id)) await drop(id);
    },
  };
}

/** A stream whose first piece has been read, so that a missing file is known before the answer begins. */
async function released(
  bytes: AsyncGenerator<Uint8Array>,
  release: () => void,
): Promise<AsyncIterableIterator<Uint8Array>> {
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    try {
      const result = await bytes.next();
      if (result.done) release();
      return result;
    } catch (error) {
      release();
      throw error;
    }
  };
  let first: IteratorResult<Uint8Array> | undefined = await next();
  const stream: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => stream,
    next: async () => {
      const result = first ?? (await next());
      first = undefined;
      return result;
    },
    return: async () => {
      await bytes.return(undefined);
      release();
      return { done: true, value: undefined };
    },
  };
  return stream;
}
