import type { Scope } from '../core/operation.js';
import type { Area } from '../core/store.js';
import { OrderedWrites } from './ordered-writes.js';

/**
 * The records of one kind, of every account and region, held in memory: a change is seen at once and is durable when its
 * promise resolves.
 */
export class RecordStore<Item extends Scope> {
  readonly #area: Area;
  readonly #keyOf: (item: Item) => string;
  readonly #items = new Map<string, Item>();
  readonly #writes = new OrderedWrites();

  /**
   * @param area where these records alone are
   * @param keyOf unique in all accounts and regions, such as the ARN
   */
  constructor(area: Area, keyOf: (item: Item) => string) {
    this.#area = area;
    this.#keyOf = keyOf;
  }

  async load(): Promise<void> {
    for await (const [key, item] of this.#area.range<Item>({})) this.#items.set(key, item);
  }

  find(key: string): Item | undefined {
    return this.#items.get(key);
  }

  get all(): Iterable<Item> {
    return this.#items.values();
  }

  /** Those of an account and region, in the order of a text of each, which their names are. */
  list({ account, region }: Scope, nameOf: (item: Item) => string): readonly Item[] {
    return [...this.#items.values()]
      .filter((item) => item.account === account && item.region === region)
      .sort((a, b) => Buffer.compare(Buffer.from(nameOf(a)), Buffer.from(nameOf(b))));
  }

  put(item: Item): Promise<void> {
    const key = this.#keyOf(item);
    this.#items.set(key, item);
    return this.#writes.write(this.#area, [{ key, value: item }]);
  }

  delete(key: string): Promise<void> {
    if (!this.#items.delete(key)) return this.#writes.settled;
    return this.#writes.write(this.#area, [{ key, value: undefined }]);
  }
}
