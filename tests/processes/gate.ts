import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address that answers nobody until it is opened: holds a handler back for as long as a test needs it. */
export class Gate implements Disposable {
  readonly #server = createServer((_request, response) => void this.#opened.then(() => response.end('open')));
  readonly #opened: Promise<void>;
  open: () => void = () => {};

  private constructor() {
    this.#opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  static async closed(): Promise<Gate> {
    const gate = new Gate();
    await new Promise<void>((resolve) => gate.#server.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Resolves when somebody waits at the gate. */
  async reached(): Promise<void> {
    await new Promise((resolve) => this.#server.once('request', resolve));
  }

  [Symbol.dispose](): void {
    this.open();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
