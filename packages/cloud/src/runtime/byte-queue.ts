/** Bytes that arrive by push and leave by iteration; tells the source to pause while nobody takes them. */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #end: { readonly error?: Error } | undefined;
  #wake: (() => void) | undefined;
  #full = false;
  readonly #flow: (paused: boolean) => void;

  /** @param flow called with true when the source should pause, with false when it may go on */
  constructor(flow: (paused: boolean) => void) {
    this.#flow = flow;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (!this.#full && this.#size > 1024 * 1024) {
      this.#full = true;
      this.#flow(true);
    }
    this.#wake?.();
  }

  end(error?: Error): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    try {
      for (;;) {
        const chunks = this.#chunks;
        this.#chunks = [];
        this.#size = 0;
        this.#flowOn();
        for (const chunk of chunks) yield chunk;
        if (this.#chunks.length > 0) continue;
        if (this.#end) {
          if (this.#end.error) throw this.#end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    } finally {
      // Nobody reads any further: let the rest pass through.
      this.#flowOn();
      this.#full = true;
    }
  }

  #flowOn(): void {
    if (!this.#full) return;
    this.#full = false;
    this.#flow(false);
  }
}
