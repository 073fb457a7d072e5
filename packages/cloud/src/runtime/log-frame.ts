/**
 * How one message of a function travels from its environment to the cloud: length (4 bytes), epoch milliseconds
 * (8 bytes), text. So a message of several lines stays one log event with the time at which it was written.
 */
const HEAD = 12;
const EMPTY = Buffer.alloc(0);

export function encodeLogFrame(time: number, message: string): Buffer {
  const length = Buffer.byteLength(message);
  const frame = Buffer.allocUnsafe(HEAD + length);
  frame.writeUInt32BE(length, 0);
  frame.writeDoubleBE(time, 4);
  frame.write(message, HEAD);
  return frame;
}

/** Puts frames together again out of the chunks that arrive, and counts the bytes of complete frames. */
export class LogFrameReader {
  /** Bytes of all frames handed over so far. */
  consumed = 0;
  #rest: Buffer = EMPTY;
  readonly #message: (time: number, message: string) => void;

  constructor(message: (time: number, message: string) => void) {
    this.#message = message;
  }

  push(chunk: Buffer): void {
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (buffer.length >= HEAD) {
      const end = HEAD + buffer.readUInt32BE(0);
      if (buffer.length < end) break;
      this.#message(buffer.readDoubleBE(4), buffer.toString('utf8', HEAD, end));
      this.consumed += end;
      buffer = buffer.subarray(end);
    }
    this.#rest = buffer;
  }
}
