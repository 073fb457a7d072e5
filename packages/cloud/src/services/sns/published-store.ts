import type { CloudContext } from '../../core/cloud.js';
import type { Area, Write } from '../../core/store.js';
import { createSerial } from '../../store/serial.js';

/** Milliseconds for which a FIFO topic knows a message that was published. */
const DEDUPLICATION = 5 * 60_000;

/** AWS's numbers begin here. */
const FIRST_SEQUENCE = 10_000_000_000_000_000_000n;

/** How a message of a FIFO topic was acknowledged. */
export interface Published {
  readonly id: string;
  /** Twenty digits, and later ones larger. */
  readonly sequence: string;
}

interface Remembered extends Published {
  /** Epoch milliseconds. */
  readonly time: number;
}

/** The order of the messages of FIFO topics, and what was published to them lately, loaded before the first call. */
export class PublishedStore {
  readonly #area: Area;
  readonly #now: () => number;
  readonly #inOrder = createSerial();
  /** In the order of publishing. */
  readonly #remembered = new Map<string, Remembered>();
  #last = 0n;

  constructor({ store, now }: CloudContext) {
    this.#area = store.root.area('sns-published');
    this.#now = now;
  }

  async load(): Promise<void> {
    const stored: (readonly [string, Remembered])[] = [];
    for await (const entry of this.#area.range<Remembered>({})) stored.push(entry);
    stored.sort(([, a], [, b]) => (a.sequence < b.sequence ? -1 : 1));
    for (const [key, published] of stored) {
      this.#remembered.set(key, published);
      this.#last = BigInt(published.sequence);
    }
  }

  /**
   * Publishes a message behind those that were published to the topic before it. One that the topic knows is
   * acknowledged again, and not published.
   *
   * @param deduplication one text for each message that the topic tells apart
   */
  inOrder(topicArn: string, deduplication: string, publish: (sequence: string) => Promise<string>): Promise<Published> {
    return this.#inOrder(topicArn, async () => {
      await this.#forgetOld();
      const key = `${topicArn}\n${deduplication}`;
      const known = this.#remembered.get(key);
      if (known) return known;
      const sequence = this.#nextSequence();
      const published = { id: await publish(sequence), sequence, time: this.#now() };
      this.#remembered.set(key, published);
      await this.#area.batch([{ key, value: published }]);
      return published;
    });
  }

  /** Larger than any before, also after a restart, and none that a queue gives its messages. */
  #nextSequence(): string {
    const floor = FIRST_SEQUENCE + BigInt(this.#now()) * 1_000n;
    this.#last = this.#last >= floor ? this.#last + 1n : floor;
    return this.#last.toString().padStart(20, '0');
  }

  async #forgetOld(): Promise<void> {
    const oldest = this.#now() - DEDUPLICATION;
    const writes: Write[] = [];
    for (const [key, { time }] of this.#remembered) {
      if (time > oldest) break;
      this.#remembered.delete(key);
      writes.push({ key, value: undefined });
    }
    if (writes.length > 0) await this.#area.batch(writes);
  }
}
