import { randomId } from './random-id.js';
import type { Area } from './store.js';

export interface Due {
  /** Epoch milliseconds before which it is not tried. */
  readonly due: number;
}

/** Does one piece of work; gives what is to be tried later, or undefined where it is over with. */
export type Attempt<Item extends Due> = (item: Item) => Promise<Item | undefined>;

/**
 * Work that is stored before it is acknowledged and removed when it is over with, so that a restart loses none. All that is
 * due is done at once.
 */
export class DurableQueue<Item extends Due> {
  readonly #area: Area;
  readonly #now: () => number;
  readonly #attempt: Attempt<Item>;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  /** @param area where this queue alone is */
  constructor(area: Area, now: () => number, attempt: Attempt<Item>) {
    this.#area = area;
    this.#now = now;
    this.#attempt = attempt;
  }

  /** Resolves when all of it is stored. */
  async accept(...items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    const entries = items.map((item) => ({ key: `${this.#now()}-${randomId.uuid()}`, value: item }));
    await this.#area.batch(entries);
    for (const { key, value } of entries) this.#schedule(key, value);
  }

  /** Takes up what an earlier run of the cloud left. */
  async resume(): Promise<void> {
    for await (const [key, item] of this.#area.range<Item>({})) this.#schedule(key, item);
  }

  /** True once no attempt starts any more. The result of a running attempt is discarded: the next run repeats it. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Tries nothing more. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(key: string, item: Item): void {
    if (this.#stopped) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#try(key, item);
      },
      Math.max(0, item.due - this.#now()),
    );
    this.#timers.add(timer);
  }

  async #try(key: string, item: Item): Promise<void> {
    const later = await this.#attempt(item);
    if (this.#stopped) return;
    await this.#area.batch([{ key, value: later }]);
    if (later) this.#schedule(key, later);
  }
}
