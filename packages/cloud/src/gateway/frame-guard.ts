/** Tells the lengths of the frames in a stream of a WebSocket's bytes (RFC 6455, section 5.2), whose payloads it skips. */
export class FrameGuard {
  readonly #most: number;
  /** The bytes of a head that is not whole yet. */
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of a payload that are still to come. */
  #skip = 0;

  /** @param most bytes of the longest payload that a frame may have */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes the next bytes; true if a frame in them is too long. */
  exceeds(chunk: Buffer): boolean {
    let bytes = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    this.#head = Buffer.alloc(0);
    for (;;) {
      const skipped = Math.min(this.#skip, bytes.length);
      this.#skip -= skipped;
      bytes = bytes.subarray(skipped);
      if (bytes.length === 0) return false;
      const frame = headOf(bytes);
      if (frame === undefined) {
        this.#head = bytes;
        return false;
      }
      if (frame.payload > this.#most) return true;
      bytes = bytes.subarray(frame.length);
      this.#skip = frame.payload;
    }
  }
}

/** The length of the head at the start of the bytes and of its payload; undefined where more bytes are needed. */
function headOf(bytes: Buffer): { readonly length: number; readonly payload: number } | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const mask = second >= 0x80 ? 4 : 0;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const length = 2 + extended + mask;
  if (bytes.length < length) return undefined;
  const payload = extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { length, payload };
}
