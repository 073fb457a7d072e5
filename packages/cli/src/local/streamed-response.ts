import { PassThrough } from 'node:stream';
import { preludeBytes } from '@goblet/cloud/execute-api';

/** The stream to which a streaming handler writes, like the one of Lambda's Node.js runtime. */
export class StreamedResponse extends PassThrough {
  constructor() {
    super();
    // The reader gets the error by reading.
    this.on('error', () => {});
  }

  setContentType(): void {}

  setPrelude(prelude: unknown): void {
    this.write(preludeBytes(prelude));
  }

  /** Resolves when there is something to send, or nothing will follow. */
  begun(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('readable', resolve);
      this.once('error', reject);
    });
  }

  /** The written chunks. If the reader stops early, the writer's stream breaks. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.iterator({ destroyOnReturn: false });
    } finally {
      if (!this.readableEnded) this.destroy(new Error('the client went away'));
    }
  }
}
