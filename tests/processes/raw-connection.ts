import { once } from 'node:events';
import { connect } from 'node:net';

/** A connection on which anything may be sent, which clients of HTTP do not. */
export interface RawConnection extends Disposable {
  readonly send: (bytes: string | Uint8Array) => void;
  /** Everything that has arrived, as Latin-1. */
  readonly received: () => string;
  /** Resolves once what has arrived matches; rejects where the connection closes before. */
  readonly until: (pattern: RegExp) => Promise<string>;
  /** Resolves with everything that has arrived once the server has closed. */
  readonly closed: () => Promise<string>;
}

export async function connectRaw(endpoint: string): Promise<RawConnection> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  let text = '';
  let over = false;
  socket.on('data', (piece: Buffer) => {
    text += piece.toString('latin1');
  });
  socket.on('close', () => {
    over = true;
  });
  // A server that closes while bytes are on their way to it may reset the connection.
  socket.on('error', () => {});
  await once(socket, 'connect');
  const connection: RawConnection = {
    send: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
    },
    received: () => text,
    until: async (pattern) => {
      while (!pattern.test(text)) {
        if (over) throw new Error(`the connection closed after ${JSON.stringify(text)}`);
        await new Promise<void>((resolve) => {
          const go = () => {
            socket.off('data', go);
            socket.off('close', go);
            resolve();
          };
          socket.on('data', go);
          socket.on('close', go);
        });
      }
      return text;
    },
    closed: async () => {
      if (!over) await once(socket, 'close');
      return text;
    },
    [Symbol.dispose]: () => socket.destroy(),
  };
  return connection;
}

/** Sends one thing and gives the first line of what is answered. */
export async function answerTo(endpoint: string, bytes: string | Uint8Array): Promise<string> {
  using connection = await connectRaw(endpoint);
  connection.send(bytes);
  const text = await connection.until(/\r\n\r\n/);
  return text.slice(0, text.indexOf('\r\n'));
}
