/** Header fields by lower-case name; of a repeated field the last one. */
export type HeaderFields = Readonly<Record<string, string>>;

/** Takes one HTTP/1.1 message after another, as their parts arrive. */
export interface MessageSink {
  readonly head: (startLine: string, headers: HeaderFields) => void;
  readonly body: (chunk: Buffer) => void;
  readonly end: (trailers: HeaderFields) => void;
}

const NO_FIELDS: HeaderFields = {};
const EMPTY = Buffer.alloc(0);
const LONGEST_HEAD = 64 * 1024;

/**
 * Reads HTTP/1.1 messages (RFC 9112) off a byte stream: bodies of a known length and chunked bodies with trailers.
 * Both ends of the Runtime API use it: an invocation is two small messages each way, and a general HTTP stack costs
 * more than the rest of the way together. Throws where the bytes are no such message.
 */
export class MessageReader {
  #rest: Buffer = EMPTY;
  #state: 'head' | 'fixed' | 'size' | 'chunk' | 'chunkEnd' | 'trailers' = 'head';
  #remaining = 0;
  readonly #sink: MessageSink;

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const next = this.#step(buffer, at);
      if (next === undefined) break;
      at = next;
    }
    this.#rest = at === buffer.length ? EMPTY : buffer.subarray(at);
    if (this.#rest.length > LONGEST_HEAD && this.#state !== 'fixed' && this.#state !== 'chunk') {
      throw new Error('the head of an HTTP message is too long');
    }
  }

  /** Where reading goes on, or undefined where more bytes are needed. */
  #step(buffer: Buffer, at: number): number | undefined {
    switch (this.#state) {
      case 'head':
        return this.#head(buffer, at);
      case 'fixed':
      case 'chunk':
        return this.#content(buffer, at);
      case 'chunkEnd': {
        if (buffer.length - at < 2) return undefined;
        this.#state = 'size';
        return at + 2;
      }
      case 'size': {
        const end = buffer.indexOf('\r\n', at, 'latin1');
        if (end < 0) return undefined;
        const size = Number.parseInt(buffer.toString('latin1', at, end), 16);
        if (Number.isNaN(size)) throw new Error('a chunk of an HTTP message has no size');
        this.#remaining = size;
        this.#state = size === 0 ? 'trailers' : 'chunk';
        return end + 2;
      }
      case 'trailers':
        return this.#trailers(buffer, at);
    }
  }

  #head(buffer: Buffer, at: number): number | undefined {
    if (at >= buffer.length) return undefined;
    const end = buffer.indexOf('\r\n\r\n', at, 'latin1');
    if (end < 0) return undefined;
    const text = buffer.toString('latin1', at, end);
    const lineEnd = text.indexOf('\r\n');
    const headers = lineEnd < 0 ? NO_FIELDS : parseFields(text, lineEnd + 2);
    this.#sink.head(lineEnd < 0 ? text : text.slice(0, lineEnd), headers);
    if (headers['transfer-encoding']?.toLowerCase() === 'chunked') {
      this.#state = 'size';
    } else {
      this.#remaining = Number(headers['content-length'] ?? 0);
      if (!Number.isSafeInteger(this.#remaining) || this.#remaining < 0) throw new Error('a wrong content-length');
      if (this.#remaining === 0) this.#sink.end(NO_FIELDS);
      else this.#state = 'fixed';
    }
    return end + 4;
  }

  #content(buffer: Buffer, at: number): number | undefined {
    const available = Math.min(buffer.length - at, this.#remaining);
    if (available === 0) return undefined;
    this.#remaining -= available;
    this.#sink.body(buffer.subarray(at, at + available));
    if (this.#remaining === 0) {
      if (this.#state === 'chunk') {
        this.#state = 'chunkEnd';
      } else {
        this.#state = 'head';
        this.#sink.end(NO_FIELDS);
      }
    }
    return at + available;
  }

  #trailers(buffer: Buffer, at: number): number | undefined {
    const end = buffer.indexOf('\r\n', at, 'latin1');
    if (end < 0) return undefined;
    if (end === at) {
      this.#state = 'head';
      this.#sink.end(NO_FIELDS);
      return at + 2;
    }
    const last = buffer.indexOf('\r\n\r\n', at, 'latin1');
    if (last < 0) return undefined;
    this.#state = 'head';
    this.#sink.end(parseFields(buffer.toString('latin1', at, last), 0));
    return last + 4;
  }
}

function parseFields(text: string, from: number): HeaderFields {
  const fields: Record<string, string> = Object.create(null);
  let at = from;
  while (at < text.length) {
    let end = text.indexOf('\r\n', at);
    if (end < 0) end = text.length;
    const colon = text.indexOf(':', at);
    if (colon > at && colon < end) fields[text.slice(at, colon).toLowerCase()] = text.slice(colon + 1, end).trim();
    at = end + 2;
  }
  return fields;
}
