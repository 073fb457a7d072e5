import { randomUUID } from 'node:crypto';
import type { Area, Write } from '../../../core/store.js';

/** A piece of a body, as one upload brought it. An object made of parts has several. */
export interface Segment {
  readonly id: string;
  readonly size: number;
}

const CHUNK = 1024 * 1024;

const chunkKey = (id: string, index: number): string => `${id}/${String(index).padStart(8, '0')}`;

/** Bodies in the store, in chunks of a mebibyte. Keys of the writes are those of the root area. */
export function createBodyStore(area: Area) {
  function* chunksOf({ id, size }: Segment): Iterable<string> {
    for (let index = 0; index * CHUNK < size; index++) yield chunkKey(id, index);
  }
  return {
    /** The writes that keep a body; for the batch that makes it somebody's. */
    write: (body: Uint8Array): { segment: Segment; writes: Write[] } => {
      const segment = { id: randomUUID(), size: body.length };
      const writes = [...chunksOf(segment)].map((key, index) => ({
        key: area.keyOf(key),
        value: body.subarray(index * CHUNK, (index + 1) * CHUNK),
      }));
      return { segment, writes };
    },
    /** The writes that drop bodies. */
    remove: (segments: readonly Segment[]): Write[] =>
      segments.flatMap((segment) => [...chunksOf(segment)].map((key) => ({ key: area.keyOf(key), value: undefined }))),
    /** The bytes from `start` up to `end`, which is not among them. */
    read: async (segments: readonly Segment[], start: number, end: number): Promise<Uint8Array> => {
      const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
      let offset = 0;
      for (const segment of segments) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, segment.size);
        for (let index = Math.floor(from / CHUNK); from < to && index * CHUNK < to; index++) {
          const chunk = await area.get<Uint8Array>(chunkKey(segment.id, index));
          if (!chunk) throw new Error(`a body's chunk is missing: ${chunkKey(segment.id, index)}`);
          const first = Math.max(from - index * CHUNK, 0);
          const last = Math.min(to - index * CHUNK, chunk.length);
          bytes.set(chunk.subarray(first, last), offset + index * CHUNK + first - start);
        }
        offset += segment.size;
      }
      return bytes;
    },
  };
}

export type BodyStore = ReturnType<typeof createBodyStore>;
