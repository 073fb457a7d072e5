import type { Area, Write } from '../../../core/store.js';

/**
 * Writes to one area in the order they were given. While one batch is on its way to the disk, later writes gather and
 * go together in the next: each caller's writes are still all or nothing, and none is seen before an earlier one.
 */
export class Committer {
  readonly #area: Area;
  #gathered: Write[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(area: Area) {
    this.#area = area;
  }

  /** Resolves when the writes are durable. */
  commit(writes: readonly Write[]): Promise<void> {
    this.#gathered.push(...writes);
    this.#next ??= this.#current.then(
      () => this.#flush(),
      () => this.#flush(),
    );
    return this.#next;
  }

  #flush(): Promise<void> {
    const batch = this.#gathered;
    this.#gathered = [];
    this.#next = undefined;
    this.#current = this.#area.batch(batch);
    return this.#current;
  }
}
