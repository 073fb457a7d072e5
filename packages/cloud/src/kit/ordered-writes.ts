import type { Area, Write } from '../core/store.js';

/**
 * The batches of one area, written in the order in which they are made. For state that is held in memory, changed at
 * once and stored behind: what is read after a restart is what was written last.
 */
export class OrderedWrites {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when everything that was written before, and this, is durable. A failure is that of this batch alone. */
  write(area: Pick<Area, 'batch'>, writes: readonly Write[]): Promise<void> {
    if (writes.length === 0) return this.#last;
    const written = this.#last.then(() => area.batch(writes));
    this.#last = written.catch(() => {});
    return written;
  }

  /** Resolves when everything that was written so far is durable or has failed. */
  get settled(): Promise<void> {
    return this.#last;
  }
}
