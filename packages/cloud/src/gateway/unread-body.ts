import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

const EMPTY = new Uint8Array(0);

/** A body of more bytes than its reader takes. */
export class BodyTooLarge extends Error {}

/** A body of which nothing arrived for too long. */
export class BodyStalled extends Error {}

/** The client went away before its body was whole. There is nobody to answer. */
export class ClientGone extends Error {}

/** The body of a request whose head alone was read. It is taken once, whole or as it arrives, or left unread. */
export interface UnreadBody {
  /** Bytes, where the client said how many; undefined of a body in chunks. */
  readonly length: number | undefined;
  /**
   * Reads it whole.
   *
   * @param limit bytes; where the length is known to be more, nothing is read
   * @throws BodyTooLarge, BodyStalled, ClientGone
   */
  readonly hold: (limit: number) => Promise<Uint8Array>;
  /** Gives it out as it arrives. Throws BodyStalled and ClientGone. */
  readonly stream: () => AsyncIterable<Uint8Array>;
  /** True if it was read, or what is left of it is known to be at most so many bytes. */
  readonly isAtMost: (bytes: number) => boolean;
}

/** Milliseconds for which a body may send nothing. S3 closes connections that are idle for 20 to 30 seconds. */
export const BODY_SILENCE = 30_000;

/** The source of a body's bytes: a message of HTTP/1.1, or a stream of HTTP/2. */
export interface BodySource {
  readonly stream: Readable;
  /** Bytes, where the client said how many; undefined where only the end tells. */
  readonly length: number | undefined;
  /** True once all of it has come. */
  readonly isComplete: () => boolean;
  /** Calls back once nothing has come for so many milliseconds; 0 for never. */
  readonly onSilence: (milliseconds: number, silent?: () => void) => void;
  /** The client sends its body only when it is asked to. */
  readonly askFor?: () => void;
}

/** @param expectsContinue whether the client waits for `100 Continue` before it sends the body */
export function messageBody(incoming: IncomingMessage, outgoing: ServerResponse, expectsContinue = false): BodySource {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  return {
    stream: incoming,
    length: encoding !== undefined ? undefined : length === undefined ? 0 : Number(length),
    isComplete: () => incoming.complete,
    onSilence: (milliseconds, silent) => {
      if (silent) incoming.setTimeout(milliseconds, silent);
      else incoming.socket.setTimeout(milliseconds);
    },
    ...(expectsContinue && { askFor: () => outgoing.writeContinue() }),
  };
}

/**
 * The body of a request, unread.
 *
 * @param silence milliseconds
 */
export function unreadBody(source: BodySource, silence = BODY_SILENCE): UnreadBody {
  const { stream: incoming, length, isComplete, onSilence, askFor } = source;

  async function hold(limit: number): Promise<Uint8Array> {
    if (length === 0) {
      incoming.resume();
      return EMPTY;
    }
    if (length !== undefined && length > limit) {
      throw new BodyTooLarge(`the body has ${length} bytes, more than ${limit}`);
    }
    // A small body comes with its head: by the next turn it is there, and needs no listeners.
    await undefined;
    if (!isComplete()) return arriving(limit);
    const body: Buffer | null = incoming.read();
    if (body !== null && body.length > limit) throw new BodyTooLarge(`the body is larger than ${limit} bytes`);
    return body ?? EMPTY;
  }

  function arriving(limit: number): Promise<Uint8Array> {
    askFor?.();
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const fail = (error: Error) => {
        incoming.pause();
        incoming.removeAllListeners('data');
        reject(error);
      };
      onSilence(silence, () => fail(new BodyStalled(`nothing of the body arrived for ${silence} ms`)));
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) fail(new BodyTooLarge(`the body is larger than ${limit} bytes`));
        else chunks.push(chunk);
      });
      incoming.on('end', () => {
        onSilence(0);
        resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks, size));
      });
      incoming.on('error', () => reject(new ClientGone('the client went away')));
      // Comes after `end` as well; an Error with its stack costs more than the rest of this function.
      incoming.on('close', () => {
        if (!incoming.readableEnded) reject(new ClientGone('the client went away'));
      });
    });
  }

  /** Waits until there is something to read, or never will be. */
  function arrival(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => () => {
        clearTimeout(timer);
        for (const event of ['readable', 'end', 'close', 'error']) incoming.off(event, arrived);
        act();
      };
      const arrived = settle(resolve);
      const timer = setTimeout(
        settle(() => reject(new BodyStalled(`nothing of the body arrived for ${silence} ms`))),
        silence,
      );
      for (const event of ['readable', 'end', 'close', 'error']) incoming.on(event, arrived);
    });
  }

  async function* stream(): AsyncGenerator<Uint8Array> {
    if (length === 0) return;
    askFor?.();
    while (!incoming.readableEnded) {
      const piece: Buffer | null = incoming.read();
      if (piece !== null) yield piece;
      else if (incoming.destroyed) throw new ClientGone('the client went away');
      else await arrival();
    }
  }

  function isAtMost(bytes: number): boolean {
    if (isComplete()) return incoming.readableLength <= bytes;
    return length !== undefined && length <= bytes;
  }

  return { length, hold, stream, isAtMost };
}
