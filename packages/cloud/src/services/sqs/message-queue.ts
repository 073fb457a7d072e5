import { Changes } from '../../core/changes.js';
import { isFifo } from '../../core/queue-name.js';
import { randomId } from '../../core/random-id.js';
import type { Area, Write } from '../../core/store.js';
import { OrderedWrites } from '../../kit/ordered-writes.js';
import { inFifoOrder } from './fifo-order.js';
import type { Delivery, Message, QueuedMessage } from './message.js';
import { numberOf, type QueueRecord, redrivePolicyOf } from './queue-record.js';

/** Milliseconds for which a FIFO queue knows a message that was sent. */
const DEDUPLICATION = 5 * 60_000;

/** The properties by which a FIFO queue recognizes a message. */
interface Sent {
  readonly id: string;
  readonly sequence: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

export interface Counts {
  readonly visible: number;
  readonly delayed: number;
  readonly inFlight: number;
}

/** The moment after which a receiver that found nothing waits for a change. */
export interface Moment {
  readonly changes: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

export interface Received {
  readonly messages: readonly QueuedMessage[];
  /** Messages that were received too often; they have left this queue for its dead-letter queue. */
  readonly dead: readonly QueuedMessage[];
}

/**
 * The messages of one queue. All are held in memory; every change is decided at once and written in the order in which
 * it was decided, and is durable when its promise resolves.
 */
export class MessageQueue {
  record: QueueRecord;
  readonly #area: Area;
  readonly #now: () => number;
  readonly #messages = new Map<string, QueuedMessage>();
  readonly #sent = new Map<string, Sent>();
  readonly #changes = new Changes();
  #last = 0n;
  readonly #writes = new OrderedWrites();
  #closed = false;

  /** @param area where the messages of this queue alone are */
  constructor(record: QueueRecord, area: Area, now: () => number) {
    this.record = record;
    this.#area = area;
    this.#now = now;
  }

  async load(): Promise<this> {
    for await (const [key, message] of this.#area.range<Message>({ gte: 'message:', lt: 'message;' })) {
      const sequence = key.slice('message:'.length);
      this.#last = BigInt(sequence);
      this.#messages.set(sequence, { sequence, message, delivery: { visibleAt: 0, receiveCount: 0 } });
    }
    for await (const [key, delivery] of this.#area.range<Delivery>({ gte: 'delivery:', lt: 'delivery;' })) {
      const queued = this.#messages.get(key.slice('delivery:'.length));
      if (queued) this.#messages.set(queued.sequence, { ...queued, delivery });
    }
    for await (const [key, sent] of this.#area.range<Sent>({ gte: 'sent:', lt: 'sent;' })) {
      this.#sent.set(key.slice('sent:'.length), sent);
      if (BigInt(sent.sequence) > this.#last) this.#last = BigInt(sent.sequence);
    }
    return this;
  }

  /** @param delay milliseconds until it can be received */
  async send(message: Message, delay: number): Promise<Pick<Sent, 'id' | 'sequence'>> {
    this.#forgetOld();
    const key = this.#deduplicationKey(message);
    const known = key === undefined ? undefined : this.#sent.get(key);
    if (known) {
      await this.#writes.settled;
      return known;
    }
    return this.accept(message, delay);
  }

  /** Takes a message that SQS itself moves, even if a FIFO queue knows its deduplication id: it must not get lost. */
  async accept(message: Message, delay = 0): Promise<Pick<Sent, 'id' | 'sequence'>> {
    const key = this.#deduplicationKey(message);
    const sequence = this.#nextSequence();
    const delivery: Delivery = { visibleAt: this.#now() + delay, receiveCount: 0 };
    const sent: Sent = { id: message.id, sequence, time: this.#now() };
    this.#messages.set(sequence, { sequence, message, delivery });
    if (key !== undefined) this.#sent.set(key, sent);
    this.#changes.tell();
    await this.#write([
      { key: `message:${sequence}`, value: message },
      { key: `delivery:${sequence}`, value: delivery },
      ...(key === undefined ? [] : [{ key: `sent:${key}`, value: sent }]),
    ]);
    return sent;
  }

  /** @param visibilityTimeout milliseconds for which they are hidden from other receivers */
  async take(most: number, visibilityTimeout: number): Promise<Received> {
    this.#forgetOld();
    const now = this.#now();
    const limit = redrivePolicyOf(this.record)?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    const messages: QueuedMessage[] = [];
    const dead: QueuedMessage[] = [];
    const writes: Write[] = [];
    for (const queued of this.#receivable(now)) {
      if (messages.length === most) break;
      const { sequence, message, delivery } = queued;
      if (delivery.receiveCount >= limit) {
        dead.push(queued);
        continue;
      }
      const received: QueuedMessage = {
        sequence,
        message,
        delivery: {
          visibleAt: now + visibilityTimeout,
          receiveCount: delivery.receiveCount + 1,
          firstReceived: delivery.firstReceived ?? now,
          receiptId: randomId.uuid(),
        },
      };
      messages.push(received);
      writes.push({ key: `delivery:${sequence}`, value: received.delivery });
    }
    for (const received of messages) this.#messages.set(received.sequence, received);
    for (const { sequence } of dead) this.#messages.delete(sequence);
    await this.#write(writes);
    return { messages, dead };
  }

  /** The current moment; read it before `take`. */
  get moment(): Moment {
    return { changes: this.#changes.count, time: this.#now() };
  }

  /**
   * Resolves when there may be something to take that was not at a moment: a message came, became visible or went back.
   * @param until epoch milliseconds at which it resolves in any case
   */
  async changed(since: Moment, until: number, signal?: AbortSignal): Promise<void> {
    if (this.#closed) return;
    const next = [...this.#messages.values()].reduce(
      (soonest, { delivery: { visibleAt } }) => (visibleAt > since.time ? Math.min(soonest, visibleAt) : soonest),
      until,
    );
    await this.#changes.since(since.changes, next - this.#now(), signal);
  }

  find(sequence: string): QueuedMessage | undefined {
    this.#forgetOld();
    return this.#messages.get(sequence);
  }

  remove(sequence: string): Promise<void> {
    if (!this.#messages.delete(sequence)) return this.#writes.settled;
    // The next one of its group can be received.
    this.#changes.tell();
    return this.#write(gone(sequence));
  }

  /** The messages that a receiver could have now, in order. */
  available(): readonly QueuedMessage[] {
    this.#forgetOld();
    return this.#receivable(this.#now());
  }

  /** Hides a message from every receiver until it is buried or given back; false if it has changed meanwhile. */
  withdraw(queued: QueuedMessage): boolean {
    return this.#messages.get(queued.sequence) === queued && this.#messages.delete(queued.sequence);
  }

  /** Gives back a message that was withdrawn. */
  giveBack(queued: QueuedMessage): void {
    this.#messages.set(queued.sequence, queued);
    this.#changes.tell();
  }

  /** Takes messages that `take` found dead, or that were withdrawn, out of the store, once they are in another queue. */
  async bury(dead: readonly QueuedMessage[]): Promise<void> {
    await this.#write(dead.flatMap(({ sequence }) => gone(sequence)));
    this.#changes.tell();
  }

  /** @param timeout milliseconds from now */
  hide({ sequence, message, delivery }: QueuedMessage, timeout: number): Promise<void> {
    const changed = { ...delivery, visibleAt: this.#now() + timeout };
    this.#messages.set(sequence, { sequence, message, delivery: changed });
    this.#changes.tell();
    return this.#write([{ key: `delivery:${sequence}`, value: changed }]);
  }

  /** Removes every message; a FIFO queue knows none of them any more. */
  async purge(): Promise<void> {
    const writes: Write[] = [...this.#messages.keys()].flatMap(gone);
    for (const key of this.#sent.keys()) writes.push({ key: `sent:${key}`, value: undefined });
    this.#messages.clear();
    this.#sent.clear();
    await this.#write(writes);
  }

  /** Removes everything, deduplication included; receivers that wait get nothing. */
  async destroy(): Promise<void> {
    this.close();
    this.#messages.clear();
    await this.#writes.settled;
    const keys: Write[] = [];
    for await (const [key] of this.#area.range<unknown>({})) keys.push({ key, value: undefined });
    await this.#write(keys);
  }

  /** Receivers that wait get nothing. */
  close(): void {
    this.#closed = true;
    this.#changes.tell();
  }

  get closed(): boolean {
    return this.#closed;
  }

  counts(): Counts {
    this.#forgetOld();
    const now = this.#now();
    let visible = 0;
    let delayed = 0;
    let inFlight = 0;
    for (const { delivery } of this.#messages.values()) {
      if (delivery.visibleAt <= now) visible++;
      else if (delivery.receiveCount === 0) delayed++;
      else inFlight++;
    }
    return { visible, delayed, inFlight };
  }

  /** Milliseconds since the oldest message was sent; 0 of an empty queue. */
  oldestAge(): number {
    const now = this.#now();
    return [...this.#messages.values()].reduce((age, { message }) => Math.max(age, now - message.sent), 0);
  }

  /** Oldest first. */
  #receivable(now: number): readonly QueuedMessage[] {
    const all = [...this.#messages.values()];
    return isFifo(this.record) ? inFifoOrder(all, now) : all.filter(({ delivery }) => delivery.visibleAt <= now);
  }

  #deduplicationKey({ deduplicationId, groupId }: Message): string | undefined {
    if (!isFifo(this.record) || deduplicationId === undefined) return undefined;
    const perGroup = this.record.attributes.DeduplicationScope === 'messageGroup';
    return perGroup ? `${groupId}\n${deduplicationId}` : deduplicationId;
  }

  /** Twenty digits, and later ones larger, also after a restart. */
  #nextSequence(): string {
    const floor = BigInt(this.#now()) * 1_000_000n;
    this.#last = this.#last >= floor ? this.#last + 1n : floor;
    return this.#last.toString().padStart(20, '0');
  }

  /** Drops messages past their retention, and what was sent too long ago to be known again. */
  #forgetOld(): void {
    const now = this.#now();
    const writes: Write[] = [];
    const oldest = now - numberOf(this.record, 'MessageRetentionPeriod') * 1000;
    for (const { sequence, message } of this.#messages.values()) {
      // In the order of sending; only messages from another queue may be older than those before them.
      if (message.sent > oldest) break;
      this.#messages.delete(sequence);
      writes.push(...gone(sequence));
    }
    for (const [key, { time }] of this.#sent) {
      if (time > now - DEDUPLICATION) break;
      this.#sent.delete(key);
      writes.push({ key: `sent:${key}`, value: undefined });
    }
    // Whoever asks next finds them gone again, if this cannot be written.
    if (writes.length > 0) this.#write(writes).catch(() => {});
  }

  #write(writes: readonly Write[]): Promise<void> {
    return this.#writes.write(this.#area, writes);
  }
}

function gone(sequence: string): Write[] {
  return [
    { key: `message:${sequence}`, value: undefined },
    { key: `delivery:${sequence}`, value: undefined },
  ];
}
