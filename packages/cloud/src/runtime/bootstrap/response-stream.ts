import { Writable } from 'node:stream';
import type { ErrorShape } from './error-shape.js';
import type { RuntimeClient } from './runtime-client.js';

/** The marks that Lambda's Node.js runtime and its libraries (middy, Hono, Powertools) agree on. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';

/** The body of a streamed response: a chunked request to the Runtime API, begun by the first write. */
export class ResponseStream extends Writable {
  #contentType = 'application/octet-stream';
  #begun = false;
  #prelude: Buffer | undefined;
  readonly #client: RuntimeClient;
  readonly #requestId: string;
  readonly #facts: () => string;

  /** @param facts trailers for the cloud */
  constructor(client: RuntimeClient, requestId: string, facts: () => string, highWaterMark: number | undefined) {
    super(highWaterMark === undefined ? {} : { highWaterMark });
    this.#client = client;
    this.#requestId = requestId;
    this.#facts = facts;
  }

  get begun(): boolean {
    return this.#begun;
  }

  setContentType(contentType: string): void {
    if (!this.#begun) this.#contentType = contentType.replace(/[^\x20-\x7e]/g, '');
  }

  /** Status, headers and cookies of an HTTP response, before its body: JSON and eight zero bytes. */
  setPrelude(prelude: unknown): void {
    this.setContentType(HTTP_INTEGRATION);
    this.#prelude = preludeBytes(prelude);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#begin();
    this.#frame(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#begin();
    this.#client.post(`0\r\n${this.#facts()}\r\n`).then(() => done());
  }

  /** Ends a response that has begun with the error that cut it off. */
  async breakOff(error: ErrorShape): Promise<void> {
    const body = Buffer.from(JSON.stringify(error)).toString('base64');
    await this.#client.post(
      `0\r\n${this.#facts()}Lambda-Runtime-Function-Error-Type: ${error.errorType.replace(/[^\x21-\x7e]/g, '')}\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n\r\n`,
    );
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#client.socket.write(this.#client.streamHead(this.#requestId, this.#contentType));
    if (this.#prelude) this.#frame(this.#prelude);
  }

  #frame(chunk: Buffer, done?: (error?: Error | null) => void): void {
    if (chunk.length === 0) {
      done?.();
      return;
    }
    const { socket } = this.#client;
    socket.cork();
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    socket.write('\r\n', done);
    socket.uncork();
  }
}

/** Status, headers and cookies of a streamed HTTP response, which precede its body. */
export function preludeBytes(prelude: unknown): Buffer {
  return Buffer.concat([Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8)]);
}

/** A response stream, as the runtime hands it to a handler that streams. */
interface Prelude {
  readonly setPrelude: (prelude: unknown) => void;
}

/** Defines the global `awslambda`, which handlers that stream are written against. */
export function installStreaming(): void {
  Reflect.set(globalThis, 'awslambda', {
    streamifyResponse(handler: object, options?: { readonly highWaterMark?: number }) {
      Reflect.set(handler, STREAMING, 'response');
      if (options?.highWaterMark !== undefined) Reflect.set(handler, HIGH_WATER_MARK, options.highWaterMark);
      return handler;
    },
    HttpResponseStream: {
      from(stream: Prelude, prelude: unknown) {
        stream.setPrelude(prelude);
        return stream;
      },
    },
  });
}

export function streams(handler: object): boolean {
  return Reflect.get(handler, STREAMING) === 'response';
}

export function highWaterMark(handler: object): number | undefined {
  const value: unknown = Reflect.get(handler, HIGH_WATER_MARK);
  return typeof value === 'number' ? value : undefined;
}
