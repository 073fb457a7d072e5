import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import { notFound } from '../events-error.js';
import { type BusName, busArn, DEFAULT_BUS } from './bus-name.js';

/** An event bus, as it is stored. */
export interface BusRecord extends BusName {
  readonly description?: string | undefined;
  /** The ARN of the queue for events that could not be encrypted, which is kept: there are no keys. */
  readonly deadLetterArn?: string | undefined;
  /** The statements of its policy; none where it has no policy. */
  readonly statements: readonly unknown[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly modified: number;
}

/** The event buses of every account and region. The default one is there without being created. */
export class BusStore {
  readonly #records: RecordStore<BusRecord>;
  readonly #started: number;

  constructor(root: Area, now: () => number) {
    this.#records = new RecordStore<BusRecord>(root.area('events-buses'), busArn);
    this.#started = now();
  }

  load(): Promise<void> {
    return this.#records.load();
  }

  find(bus: BusName): BusRecord | undefined {
    const { account, region, name } = bus;
    const times = { created: this.#started, modified: this.#started };
    const made = this.#records.find(busArn(bus));
    if (name !== DEFAULT_BUS) return made;
    return { ...times, statements: [], tags: {}, ...made, account, region, name };
  }

  /** @throws AwsError ResourceNotFoundException */
  get(bus: BusName): BusRecord {
    const found = this.find(bus);
    if (found === undefined) throw notFound(`Event bus ${bus.name} does not exist.`);
    return found;
  }

  /** By name. */
  list(scope: Scope): readonly BusRecord[] {
    const nameOf = ({ name }: BusRecord) => name;
    const made = this.#records.list(scope, nameOf).filter(({ name }) => name !== DEFAULT_BUS);
    const { account, region } = scope;
    return [this.get({ account, region, name: DEFAULT_BUS }), ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(bus: BusRecord): Promise<void> {
    return this.#records.put(bus);
  }

  delete(bus: BusName): Promise<void> {
    return this.#records.delete(busArn(bus));
  }
}
