import type { Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { type BusName, busArn, DEFAULT_BUS } from './bus-name.js';
import { notFound } from './events-error.js';

/** An event bus, as it is stored. */
export interface BusRecord extends BusName {
  readonly description?: string;
  /** The statements of its policy; none where it has no policy. */
  readonly statements: readonly unknown[];
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds; none for a default bus, which nobody made. */
  readonly created?: number;
  readonly modified?: number;
}

/** The event buses of every account and region. The default one is there without being created. */
export class BusStore {
  readonly #area: Area;
  readonly #buses = new Map<string, BusRecord>();

  constructor(root: Area) {
    this.#area = root.area('events-buses');
  }

  async load(): Promise<void> {
    for await (const [arn, bus] of this.#area.range<BusRecord>({})) this.#buses.set(arn, bus);
  }

  find(bus: BusName): BusRecord | undefined {
    return (
      this.#buses.get(busArn(bus)) ?? (bus.name === DEFAULT_BUS ? { ...bus, statements: [], tags: {} } : undefined)
    );
  }

  /** @throws AwsError ResourceNotFoundException */
  get(bus: BusName): BusRecord {
    const found = this.find(bus);
    if (found === undefined) throw notFound(`Event bus ${bus.name} does not exist.`);
    return found;
  }

  /** By name. */
  list({ account, region }: Scope): readonly BusRecord[] {
    const made = [...this.#buses.values()].filter(
      (bus) => bus.account === account && bus.region === region && bus.name !== DEFAULT_BUS,
    );
    return [this.get({ account, region, name: DEFAULT_BUS }), ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async put(bus: BusRecord): Promise<void> {
    this.#buses.set(busArn(bus), bus);
    await this.#area.batch([{ key: busArn(bus), value: bus }]);
  }

  async delete(bus: BusName): Promise<void> {
    this.#buses.delete(busArn(bus));
    await this.#area.batch([{ key: busArn(bus), value: undefined }]);
  }
}

/** The policy of a bus as text; undefined where it has none. */
export function busPolicy({ statements }: BusRecord): string | undefined {
  return statements.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
