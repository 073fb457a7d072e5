/** Lets readers that found nothing wait until there may be something. */
export class Changes {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  /** How many there have been. To be asked for before one looks, so that nothing is missed between the two. */
  get count(): number {
    return this.#count;
  }

  /** Wakes everyone who waits. */
  tell(): void {
    this.#count++;
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * Resolves when there was a change since a count.
   * @param milliseconds after which it resolves in any case
   */
  async since(count: number, milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || this.#count !== count) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, milliseconds));
      signal?.addEventListener('abort', done, { once: true });
      this.#waiting.add(done);
    });
  }
}
