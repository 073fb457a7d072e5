import { PassThrough } from 'node:stream';
import { preludeBytes } from '@goblet/cloud/execute-api';

/** What a handler that streams writes to, as Lambda's Node.js runtime gives it one. */
export class StreamedResponse extends PassThrough {
  constructor() {
    super();
    // Whoever reads it is told by the reading.
    this.on('error', () => {});
  }

  setContentType(): void {}

  setPrelude(prelude: unknown): void {
    this.write(preludeBytes(prelude));
  }

  /** Resolves when there is something to send, or nothing will come any more. */
  begun(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('readable', resolve);
      this.once('error', reject);
    });
  }

  /** What was written, as it comes. A reader that leaves before the end breaks the stream for whoever writes. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.iterator({ destroyOnReturn: false });
    } finally {
      if (!this.readableEnded) this.destroy(new Error('the client went away'));
    }
  }
}
