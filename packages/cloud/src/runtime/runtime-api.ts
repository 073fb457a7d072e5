import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { type HeaderFields, MessageReader } from './http-message.js';
import { LONGEST_RESPONSE } from './invocation.js';

/** A poll for the next event that is waiting. Sending into one whose process is gone does nothing. */
export interface Poll {
  readonly send: (fields: string, payload: Uint8Array) => void;
}

/** Takes the chunks of a streamed response. */
export interface StreamSink {
  readonly chunk: (bytes: Buffer) => void;
  readonly end: (trailers: HeaderFields) => void;
}

/** One execution environment, as the Runtime API sees it. */
export interface RuntimeSession {
  readonly polled: (poll: Poll) => void;
  /** `body` is undefined where it was longer than a response may be. Gives false for an unknown request id. */
  readonly responded: (requestId: string, headers: HeaderFields, body: Buffer | undefined) => boolean;
  readonly streamed: (
    requestId: string,
    headers: HeaderFields,
    flow: (paused: boolean) => void,
  ) => StreamSink | undefined;
  readonly failed: (requestId: string, headers: HeaderFields, body: Buffer) => boolean;
  readonly initFailed: (headers: HeaderFields, body: Buffer) => void;
}

const PATH = /^\/([0-9a-f]{48})\/2018-06-01\/runtime\/(?:invocation\/(next|[^/]+)(?:\/(response|error))?|init\/error)$/;
const EMPTY = Buffer.alloc(0);

/**
 * Lambda's Runtime API (AWS Lambda developer guide, "Using the Lambda runtime API") on a separate loopback port, for
 * every environment of the cloud. An unguessable token in the path identifies an environment. A poll is forgotten when
 * its connection ends; connections have no time limit.
 */
export class RuntimeApi {
  readonly #sessions = new Map<string, RuntimeSession>();
  readonly #sockets = new Set<Duplex>();
  /** The beginning of every token of this run of the cloud. */
  readonly #run = randomBytes(8).toString('hex');
  #server: Promise<Server> | undefined;

  /** A regular expression that matches the environments of all processes of this run of the cloud and no others. */
  get mark(): string {
    return `AWS_LAMBDA_RUNTIME_API=[0-9.:]*/${this.#run}`;
  }

  /** Opens a session; gives the value of AWS_LAMBDA_RUNTIME_API for its process, and what closes it again. */
  async open(session: RuntimeSession): Promise<{ readonly address: string; readonly close: () => void }> {
    this.#server ??= this.#listen();
    const server = await this.#server;
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the Runtime API does not listen');
    const token = this.#run + randomBytes(16).toString('hex');
    this.#sessions.set(token, session);
    return { address: `127.0.0.1:${bound.port}/${token}`, close: () => this.#sessions.delete(token) };
  }

  /** Serves a connection that did not come in by the port: the pipe between the cloud and one of its processes. */
  serve(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    serveConnection(socket, (token) => this.#sessions.get(token));
  }

  /** Ends the port and every connection to it. */
  async close(): Promise<void> {
    this.#sessions.clear();
    const server = await this.#server;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
    this.#server = undefined;
  }

  #listen(): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true }, (socket) => this.serve(socket));
      server.on('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  }
}

/** Serves one connection, requests in order, pipelined or not. */
function serveConnection(socket: Duplex, sessionOf: (token: string) => RuntimeSession | undefined): void {
  let held = '';
  let polling = false;
  let take: { readonly body: (chunk: Buffer) => void; readonly end: (trailers: HeaderFields) => void } | undefined;
  const accepted = (status: string): void => {
    held += `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{"status":"OK"}\n`;
  };
  const refused = (status: string, type: string, message: string): void => {
    const body = JSON.stringify({ errorType: type, errorMessage: message });
    held += `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const flow = (paused: boolean): void => {
    if (paused) socket.pause();
    else socket.resume();
  };
  const unknownRequest = (): void => refused('400 Bad Request', 'InvalidRequestID', 'Invalid request ID');

  const poll: Poll = {
    send: (fields, payload) => {
      polling = false;
      const head = `${held}HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${payload.length}\r\n${fields}\r\n`;
      held = '';
      if (socket.destroyed) return;
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), payload]));
    },
  };

  const reader = new MessageReader({
    head: (startLine, headers) => {
      const [method, path = ''] = startLine.split(' ', 2);
      const match = PATH.exec(path);
      const session = match?.[1] === undefined ? undefined : sessionOf(match[1]);
      const requestId = match?.[2];
      if (session === undefined) {
        take = discard(() => refused('404 Not Found', 'NotFound', `${method} ${path} is not part of the Runtime API`));
      } else if (requestId === 'next' && method === 'GET') {
        take = discard(() => {
          polling = true;
          session.polled(poll);
        });
      } else if (method !== 'POST') {
        take = discard(() => refused('405 Method Not Allowed', 'MethodNotAllowed', `${method} is not allowed here`));
      } else if (requestId === undefined) {
        take = collect((body) => {
          session.initFailed(headers, body ?? EMPTY);
          accepted('202 Accepted');
        });
      } else if (match?.[3] === 'error') {
        take = collect((body) => {
          if (session.failed(requestId, headers, body ?? EMPTY)) accepted('202 Accepted');
          else unknownRequest();
        });
      } else if (headers['lambda-runtime-function-response-mode'] === 'streaming') {
        const sink = session.streamed(requestId, headers, flow);
        take = {
          body: (chunk) => sink?.chunk(chunk),
          end: (trailers) => {
            sink?.end(trailers);
            if (sink) accepted('202 Accepted');
            else unknownRequest();
          },
        };
      } else {
        take = collect((body) => {
          if (session.responded(requestId, headers, body)) accepted('202 Accepted');
          else unknownRequest();
        });
      }
    },
    body: (chunk) => take?.body(chunk),
    end: (trailers) => take?.end(trailers),
  });

  socket.on('data', (chunk) => {
    try {
      reader.push(chunk);
    } catch {
      socket.destroy();
      return;
    }
    // An answer to a connection that is polling already leaves together with the next event.
    if (!polling && held !== '') {
      socket.write(held);
      held = '';
    }
  });
  socket.on('error', () => socket.destroy());
}

function discard(end: () => void) {
  return { body: () => {}, end };
}

function collect(end: (body: Buffer | undefined) => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    body: (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LONGEST_RESPONSE) chunks.push(chunk);
    },
    end: () => {
      const [first] = chunks;
      if (size > LONGEST_RESPONSE) end(undefined);
      else end(chunks.length === 1 && first ? first : Buffer.concat(chunks));
    },
  };
}
