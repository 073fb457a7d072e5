/** Does one piece of work at a time. Files that change in the meantime are taken up together afterwards. */
export class OneAtATime {
  #waiting = new Set<string>();
  #busy = false;

  /**
   * @param takeUp handles changed files; it reports its own errors
   * @param signal once it aborts, no further changes are taken up
   */
  constructor(
    private readonly takeUp: (paths: ReadonlySet<string>) => Promise<void>,
    private readonly signal: AbortSignal,
  ) {}

  /** True while work is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Takes up changed files, after the work that is under way. */
  changed(paths: Iterable<string>): void {
    for (const path of paths) this.#waiting.add(path);
    if (!this.#busy) void this.#takeUpWaiting();
  }

  /**
   * Does work that no change interrupts, and then begins to take up the changes. Rejects as the work does; then the
   * changes wait for the next one.
   *
   * @example
   * await turns.run(() => deploy('in this folder'));
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#busy) throw new Error('other work is under way');
    this.#busy = true;
    try {
      const result = await work();
      void this.#takeUpWaiting();
      return result;
    } catch (error) {
      this.#busy = false;
      throw error;
    }
  }

  async #takeUpWaiting(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.size > 0 && !this.signal.aborted) {
      const paths = this.#waiting;
      this.#waiting = new Set();
      await this.takeUp(paths);
    }
    this.#busy = false;
  }
}
