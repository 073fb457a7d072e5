import type { Area, Range } from '../../../core/store.js';
import type { BusEvent } from '../buses/bus-event.js';

/** An event in an archive. */
interface ArchivedEvent {
  readonly event: BusEvent;
  /** Bytes, as AWS counts them. */
  readonly size: number;
}

export interface ArchiveSize {
  readonly events: number;
  readonly bytes: number;
}

/** Bytes of an event beside its texts, as AWS was recorded to count. */
const ENVELOPE = 26;

function sizeOf({ source, 'detail-type': type, detail, resources }: BusEvent): number {
  const texts = [source, type, JSON.stringify(detail), ...resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), ENVELOPE);
}

const DIGITS = 15;
const timeKey = (milliseconds: number): string => String(Math.max(0, milliseconds)).padStart(DIGITS, '0');

/** The events of one archive, in the order of their times. */
export class ArchivedEvents {
  readonly #area: Area;
  #events = 0;
  #bytes = 0;

  /** @param area where the events of this archive alone are */
  constructor(area: Area) {
    this.#area = area;
  }

  async load(): Promise<this> {
    for await (const [, { size }] of this.#area.range<ArchivedEvent>({})) this.#count(1, size);
    return this;
  }

  get size(): ArchiveSize {
    return { events: this.#events, bytes: this.#bytes };
  }

  async add(event: BusEvent): Promise<void> {
    const size = sizeOf(event);
    const key = `${timeKey(Date.parse(event.time))}-${event.id}`;
    this.#count(1, size);
    await this.#area.batch([{ key, value: { event, size } satisfies ArchivedEvent }]);
  }

  /** The events from a time on, and before another: epoch milliseconds. */
  async *between(start: number, end: number): AsyncIterable<BusEvent> {
    for await (const [, { event }] of this.#area.range<ArchivedEvent>({ gte: timeKey(start), lt: timeKey(end) })) {
      yield event;
    }
  }

  /** Removes the events before a time: epoch milliseconds. */
  forget(before: number): Promise<void> {
    return this.#remove({ lt: timeKey(before) });
  }

  clear(): Promise<void> {
    return this.#remove({});
  }

  async #remove(range: Range): Promise<void> {
    const keys: string[] = [];
    for await (const [key, { size }] of this.#area.range<ArchivedEvent>(range)) {
      keys.push(key);
      this.#count(-1, -size);
    }
    if (keys.length > 0) await this.#area.batch(keys.map((key) => ({ key, value: undefined })));
  }

  #count(events: number, bytes: number): void {
    this.#events += events;
    this.#bytes += bytes;
  }
}
