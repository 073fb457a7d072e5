import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Socket } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

/** AWS's name of an API: `abcdef1234.execute-api.eu-west-1.amazonaws.com` */
const HOST = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * Leads connections to AWS's names of the APIs that this cloud has to the cloud, as DNS and TLS lead them to API Gateway:
 * a function makes the address of a connection's API of its event (`https://${domainName}/${stage}`), which no variable of
 * its environment can replace. Requests stay as they are, their signatures too. Connections to other hosts are not touched.
 */
export class ApiAddresses {
  readonly #endpoint: string;
  #ids: ReadonlySet<string> = new Set();
  #installed = false;

  /** @param endpoint where the cloud is reached: `http://127.0.0.1:4566` */
  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** @param ids of every API of the cloud */
  lead(ids: readonly string[]): void {
    this.#ids = new Set(ids);
    if (this.#installed || ids.length === 0) return;
    this.#installed = true;
    const require = createRequire(import.meta.url);
    const net: typeof import('node:net') = require('node:net');
    const tls: typeof import('node:tls') = require('node:tls');
    const secure = tls.connect;
    const { hostname, port } = new URL(this.#endpoint);
    // `https` and `fetch`, and so the clients on top of them, connect by this one function.
    Object.assign(tls, {
      connect: (...given: Parameters<typeof secure>): Socket | TLSSocket => {
        const [options] = given;
        if (!this.#isOwn(options)) return secure(...given);
        const socket = net.connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
        socket.once('connect', () => socket.emit('secureConnect'));
        return Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: false });
      },
    });
    syncBuiltinESMExports();
  }

  #isOwn(options: unknown): boolean {
    const { host, servername, socket } = Object(options) as ConnectionOptions;
    const id = HOST.exec(String(servername || host || '').toLowerCase())?.[1];
    return id !== undefined && socket === undefined && this.#ids.has(id);
  }
}
