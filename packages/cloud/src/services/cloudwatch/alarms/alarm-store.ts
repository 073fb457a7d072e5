import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { Area, Store } from '../../../core/store.js';
import type { AlarmRecord, HistoryItem } from './alarm-record.js';

const keyOf = ({ account, region, name }: Scope & { readonly name: string }) => `${account}/${region}/${name}`;

/** Every alarm of the cloud, loaded before its first call: reports look for those of their metric. */
export class AlarmStore {
  readonly #area: Area;
  readonly #history: Area;
  readonly #alarms = new Map<string, AlarmRecord>();

  constructor(store: Store) {
    this.#area = store.root.area('cloudwatch-alarms');
    this.#history = store.root.area('cloudwatch-alarm-history');
  }

  async load(): Promise<void> {
    for await (const [key, record] of this.#area.range<AlarmRecord>({})) this.#alarms.set(key, record);
  }

  get all(): readonly AlarmRecord[] {
    return [...this.#alarms.values()];
  }

  find(scope: Scope, name: string): AlarmRecord | undefined {
    return this.#alarms.get(keyOf({ ...scope, name }));
  }

  /** By name. */
  list({ account, region }: Scope): readonly AlarmRecord[] {
    return this.all
      .filter((alarm) => alarm.account === account && alarm.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async put(record: AlarmRecord): Promise<void> {
    this.#alarms.set(keyOf(record), record);
    await this.#area.batch([{ key: keyOf(record), value: record }]);
  }

  async remove(record: AlarmRecord): Promise<void> {
    this.#alarms.delete(keyOf(record));
    await this.#area.batch([{ key: keyOf(record), value: undefined }]);
  }

  async note({ account, region, name, kind }: AlarmRecord, item: Omit<HistoryItem, 'alarm'>): Promise<void> {
    const key = `${account}/${region}/${String(item.time).padStart(15, '0')}/${randomId.uuid()}`;
    await this.#history.batch([{ key, value: { ...item, alarm: { name, kind } } }]);
  }

  /** The youngest first. */
  async history({ account, region }: Scope): Promise<readonly HistoryItem[]> {
    const found: HistoryItem[] = [];
    const range = { gte: `${account}/${region}/`, lt: `${account}/${region}0`, reverse: true };
    for await (const [, item] of this.#history.range<HistoryItem>(range)) found.push(item);
    return found;
  }
}
