import { connect, Socket } from 'node:net';
import { type HeaderFields, MessageReader } from '../http-message.js';
import { RUNTIME_PIPE } from '../runtime-pipe.js';

const API = '/2018-06-01/runtime';

/** One event to be handled, as `GET …/invocation/next` gives it. */
export interface NextInvocation {
  readonly requestId: string;
  readonly headers: HeaderFields;
  readonly body: Buffer;
}

/**
 * The client of the Runtime API: one connection for the life of the environment. An answer and the poll for the next
 * event leave in one write. When the connection ends, the cloud is gone, and the process ends with it.
 */
export class RuntimeClient {
  readonly socket: Socket;
  readonly #prefix: string;
  readonly #host: string;
  #awaitNext: ((invocation: NextInvocation) => void) | undefined;
  #awaitAnswer: (() => void) | undefined;

  /** @param api `127.0.0.1:PORT/<token>`, the value of AWS_LAMBDA_RUNTIME_API */
  constructor(api: string, gone: () => void) {
    const slash = api.indexOf('/');
    const host = slash < 0 ? api : api.slice(0, slash);
    const colon = host.lastIndexOf(':');
    this.#host = host;
    this.#prefix = (slash < 0 ? '' : api.slice(slash)) + API;
    // Pipes of Windows can not be read and written at the same time through a file descriptor.
    this.socket =
      process.platform === 'win32'
        ? connect({ host: host.slice(0, colon), port: Number(host.slice(colon + 1)), noDelay: true })
        : new Socket({ fd: RUNTIME_PIPE, readable: true, writable: true });
    this.socket.on('error', gone);
    this.socket.on('close', gone);
    let status = '';
    let headers: HeaderFields = {};
    let chunks: Buffer[] = [];
    const reader = new MessageReader({
      head: (startLine, fields) => {
        status = startLine.slice(9, 12);
        headers = fields;
        chunks = [];
      },
      body: (chunk) => chunks.push(chunk),
      end: () => {
        const [first] = chunks;
        const body = chunks.length === 1 && first ? first : Buffer.concat(chunks);
        this.#answered(status, headers, body);
      },
    });
    this.socket.on('data', (chunk) => reader.push(chunk));
  }

  #answered(status: string, headers: HeaderFields, body: Buffer): void {
    const requestId = headers['lambda-runtime-aws-request-id'];
    if (status === '200' && requestId !== undefined) {
      const deliver = this.#awaitNext;
      this.#awaitNext = undefined;
      this.socket.unref();
      deliver?.({ requestId, headers, body });
    } else {
      const answered = this.#awaitAnswer;
      this.#awaitAnswer = undefined;
      answered?.();
    }
  }

  /** Sends what is given (the answer to the last event, or nothing), then waits for the next event. */
  next(outgoing: string): Promise<NextInvocation> {
    this.socket.ref();
    return new Promise((resolve) => {
      this.#awaitNext = resolve;
      this.socket.write(`${outgoing}GET ${this.#prefix}/invocation/next HTTP/1.1\r\nHost: ${this.#host}\r\n\r\n`);
    });
  }

  /** Sends a message and waits until the cloud has taken it. */
  post(outgoing: string): Promise<void> {
    this.socket.ref();
    return new Promise((resolve) => {
      this.#awaitAnswer = resolve;
      this.socket.write(outgoing);
    });
  }

  response(requestId: string, json: string, facts: string): string {
    return this.#message(`/invocation/${requestId}/response`, `Content-Type: application/json\r\n${facts}`, json);
  }

  error(requestId: string | undefined, errorType: string, json: string, facts: string): string {
    const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
    const type = `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x21-\x7e]/g, '')}\r\n`;
    return this.#message(path, `Content-Type: application/json\r\n${type}${facts}`, json);
  }

  /** The head of a streamed response; its chunks and trailers follow on the socket. */
  streamHead(requestId: string, contentType: string): string {
    return (
      `POST ${this.#prefix}/invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.#host}\r\n` +
      `Content-Type: ${contentType}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n` +
      'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n'
    );
  }

  #message(path: string, fields: string, body: string): string {
    return `POST ${this.#prefix}${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }
}
