import { Changes } from '../../../core/changes.js';

/** Records of a stream that are handled one batch after the other: all of them, or those of some keys. */
export class StreamLane<R> {
  readonly #batchSize: number;
  /** Milliseconds. */
  readonly #window: number;
  readonly #signal: AbortSignal;
  readonly #waiting: { readonly record: R; readonly since: number }[] = [];
  readonly #changes = new Changes();
  #ended = false;

  constructor(batchSize: number, window: number, signal: AbortSignal) {
    this.#batchSize = batchSize;
    this.#window = window;
    this.#signal = signal;
  }

  add(records: readonly R[]): void {
    const since = performance.now();
    this.#waiting.push(...records.map((record) => ({ record, since })));
    this.#changes.tell();
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#changes.tell();
  }

  /** Batches as they become full, or their window passes, until the lane has ended or the reading is stopped. */
  async *batches(): AsyncGenerator<readonly R[]> {
    while (!this.#signal.aborted) {
      const before = this.#changes.count;
      const left = this.#untilReady();
      if (left <= 0) yield this.#waiting.splice(0, this.#batchSize).map(({ record }) => record);
      else if (this.#ended) return;
      else await this.#changes.since(before, left, this.#signal);
    }
  }

  /** Milliseconds until a batch is to be handed over. */
  #untilReady(): number {
    const [first] = this.#waiting;
    if (first === undefined) return LONG;
    if (this.#ended || this.#waiting.length >= this.#batchSize) return 0;
    return first.since + this.#window - performance.now();
  }
}

/** Milliseconds that nobody waits in vain: a change wakes. */
const LONG = 24 * 3600 * 1000;
