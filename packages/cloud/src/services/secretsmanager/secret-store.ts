import type { Scope } from '../../core/operation.js';
import type { Store } from '../../core/store.js';
import { createSerial } from '../../store/serial.js';
import { markedForDeletion, notFound } from './secret-error.js';
import { meaningsOf, type SecretId } from './secret-id.js';
import type { SecretRecord } from './secret-record.js';

/** The secrets of every account and region. */
export class SecretStore {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #serial = createSerial();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  #area({ account, region }: Scope) {
    return this.#store.area(account, region, 'secretsmanager').area('secrets');
  }

  async #read(scope: Scope, name: string): Promise<SecretRecord | undefined> {
    const record = await this.#area(scope).get<SecretRecord>(name);
    if (record?.deletion === undefined || record.deletion > this.#now()) return record;
    await this.remove(record);
    return undefined;
  }

  /** Also one that waits for its deletion. */
  async find(id: SecretId): Promise<SecretRecord | undefined> {
    for (const { name, suffix } of meaningsOf(id)) {
      const record = await this.#read(id, name);
      if (record && (suffix === undefined || record.suffix === suffix)) return record;
    }
    return undefined;
  }

  /** @throws AwsError ResourceNotFoundException */
  async get(id: SecretId): Promise<SecretRecord> {
    const record = await this.find(id);
    if (!record) throw notFound();
    return record;
  }

  /** @throws AwsError ResourceNotFoundException, InvalidRequestException where it waits for its deletion */
  async getLive(id: SecretId): Promise<SecretRecord> {
    const record = await this.get(id);
    if (record.deletion !== undefined) throw markedForDeletion();
    return record;
  }

  put(record: SecretRecord): Promise<void> {
    return this.#area(record).batch([{ key: record.name, value: record }]);
  }

  remove(record: SecretRecord): Promise<void> {
    return this.#area(record).batch([{ key: record.name, value: undefined }]);
  }

  /** Runs what reads a secret and writes it, before another does so. */
  alone<T>({ account, region }: Scope, name: string, run: () => Promise<T>): Promise<T> {
    return this.#serial(`${account}/${region}/${name}`, run);
  }

  /** Changes a secret that is not marked for deletion. */
  async change(
    id: SecretId,
    change: (record: SecretRecord) => SecretRecord | Promise<SecretRecord>,
  ): Promise<SecretRecord> {
    const { name } = await this.get(id);
    return this.alone(id, name, async () => {
      const changed = await change(await this.getLive(id));
      await this.put(changed);
      return changed;
    });
  }

  /** By name. */
  async list(scope: Scope): Promise<readonly SecretRecord[]> {
    const records: SecretRecord[] = [];
    for await (const [, record] of this.#area(scope).range<SecretRecord>({})) {
      if (record.deletion === undefined || record.deletion > this.#now()) records.push(record);
    }
    return records;
  }
}
