import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import type { Matches } from '../../../kit/event-pattern/pattern-rule.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { BusEvent } from '../buses/bus-event.js';
import { type BusName, busArn } from '../buses/bus-name.js';
import { notFound } from '../events-error.js';
import type { Owned } from '../owner.js';
import { compilePattern } from '../rules/pattern.js';
import { type ArchiveName, archiveArn } from './archive-name.js';
import { ArchivedEvents } from './archived-events.js';

/** An archive, as it is stored. */
export interface ArchiveRecord extends ArchiveName, Owned {
  /** The ARN of the bus whose events it keeps. */
  readonly source: string;
  readonly description?: string | undefined;
  /** Text of JSON. @default - every event */
  readonly pattern?: string | undefined;
  /** @default - events are kept permanently */
  readonly retentionDays: number;
  /** Epoch milliseconds. */
  readonly created: number;
}

interface Archive {
  readonly matches: Matches;
  readonly events: ArchivedEvents;
}

const DAY = 86_400_000;

/** The archives of every account and region, and their events. */
export class ArchiveStore {
  readonly #records: RecordStore<ArchiveRecord>;
  readonly #events: Area;
  readonly #now: () => number;
  readonly #archives = new Map<string, Archive>();

  constructor(root: Area, now: () => number) {
    this.#records = new RecordStore<ArchiveRecord>(root.area('events-archives'), archiveArn);
    this.#events = root.area('events-archived');
    this.#now = now;
  }

  async load(): Promise<void> {
    await this.#records.load();
    for (const record of this.#records.all) {
      const arn = archiveArn(record);
      const events = await new ArchivedEvents(this.#events.area(arn)).load();
      this.#archives.set(arn, { matches: matcherOf(record), events });
    }
  }

  find(name: ArchiveName): ArchiveRecord | undefined {
    return this.#records.find(archiveArn(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: ArchiveName): ArchiveRecord {
    const found = this.find(name);
    if (found === undefined) throw notFound(`Archive ${name.name} does not exist.`);
    return found;
  }

  list(scope: Scope): readonly ArchiveRecord[] {
    return this.#records.list(scope, ({ name }) => name);
  }

  /** @throws AwsError InvalidEventPatternException */
  put(record: ArchiveRecord): Promise<void> {
    const arn = archiveArn(record);
    const events = this.eventsOf(record);
    this.#archives.set(arn, { matches: matcherOf(record), events });
    return this.#records.put(record);
  }

  async delete(name: ArchiveName): Promise<void> {
    const events = this.eventsOf(name);
    this.#archives.delete(archiveArn(name));
    await this.#records.delete(archiveArn(name));
    await events.clear();
  }

  eventsOf(name: ArchiveName): ArchivedEvents {
    const arn = archiveArn(name);
    return this.#archives.get(arn)?.events ?? new ArchivedEvents(this.#events.area(arn));
  }

  /** Keeps an event that came to a bus in each of its archives that wants it. */
  async keep(bus: BusName, event: BusEvent): Promise<void> {
    const source = busArn(bus);
    for (const record of this.#records.all) {
      const archive = this.#archives.get(archiveArn(record));
      if (record.source !== source || !archive?.matches(event)) continue;
      await archive.events.add(event);
      if (record.retentionDays > 0) await archive.events.forget(this.#now() - record.retentionDays * DAY);
    }
  }
}

function matcherOf({ pattern }: ArchiveRecord): Matches {
  return pattern === undefined ? () => true : compilePattern(pattern);
}
