import { StringDecoder } from 'node:string_decoder';

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

/** Bytes of a message that are held until the rest has come. A longer one is cut, as a log event may not be longer. */
const LONGEST = 256 * 1024;
/** Milliseconds by which the time of a message may differ from that of its arrival. */
const LATEST = 24 * 3_600_000;

/** Puts frames together again out of the chunks that arrive, and counts the bytes of complete frames. */
export class LogFrameReader {
  /** Bytes of all frames handed over so far. */
  consumed = 0;
  #rest: Buffer = EMPTY;
  /** The frame whose head has been read. */
  #frame: { readonly length: number; readonly time: number; missing: number; decoder: StringDecoder } | undefined;
  readonly #message: (time: number, message: string) => void;

  constructor(message: (time: number, message: string) => void) {
    this.#message = message;
  }

  push(chunk: Buffer): void {
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      if (this.#frame === undefined) {
        if (buffer.length < HEAD) break;
        this.#frame = frameOf(buffer);
        buffer = buffer.subarray(HEAD);
      }
      const frame = this.#frame;
      if (buffer.length < Math.min(frame.missing, LONGEST)) break;
      const piece = buffer.subarray(0, Math.min(frame.missing, LONGEST));
      buffer = buffer.subarray(piece.length);
      frame.missing -= piece.length;
      this.#message(frame.time, frame.decoder.write(piece));
      if (frame.missing > 0) continue;
      this.consumed += HEAD + frame.length;
      this.#frame = undefined;
    }
    this.#rest = buffer;
  }
}

/** Reads a head, of which a function may have written anything. */
function frameOf(buffer: Buffer) {
  const length = buffer.readUInt32BE(0);
  const told = buffer.readDoubleBE(4);
  const now = Date.now();
  const time = Math.abs(told - now) < LATEST ? told : now;
  return { length, time, missing: length, decoder: new StringDecoder('utf8') };
}
