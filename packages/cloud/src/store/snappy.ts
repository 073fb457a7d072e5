/** Bytes that are not Snappy's. */
export class SnappyError extends Error {}

/** Reads a number of LevelDB and Snappy: seven bits a byte, the lowest first. @returns it and the place behind it */
export function readVarint(bytes: Uint8Array, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = from, factor = 1; at < from + 8; at++, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at + 1];
  }
  throw new SnappyError('a number is cut off');
}

/** Snappy's format_description.txt: literals, and copies of what is there already. */
export function unsnapped(bytes: Buffer): Buffer {
  const [length, start] = readVarint(bytes, 0);
  const output = Buffer.alloc(length);
  let to = 0;
  let at = start;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++);
    if ((tag & 3) === 0) {
      const short = tag >>> 2;
      const extra = short < 60 ? 0 : short - 59;
      const size = (extra === 0 ? short : bytes.readUIntLE(at, extra)) + 1;
      at += extra;
      bytes.copy(output, to, at, at + size);
      at += size;
      to += size;
      continue;
    }
    const width = [0, 1, 2, 4][tag & 3] ?? 0;
    const size = width === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const offset = width === 1 ? ((tag >>> 5) << 8) | bytes.readUInt8(at) : bytes.readUIntLE(at, width);
    at += width;
    if (offset === 0 || offset > to || to + size > length) throw new SnappyError('a copy leads out of the output');
    // One by one: what is copied may reach into what is being written.
    for (const end = to + size; to < end; to++) output[to] = output[to - offset] ?? 0;
  }
  if (to !== length) throw new SnappyError('the output is too short');
  return output;
}
