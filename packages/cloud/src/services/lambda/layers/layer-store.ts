import type { Scope } from '../../../core/operation.js';
import type { Area, Store } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import { notFound } from '../lambda-error.js';
import type { PolicyRecord } from '../policies/policy-record.js';
import { type LayerName, type LayerRecord, layerArn, layerVersionArn } from './layer-record.js';

const versionKey = (name: string, version: number): string => `version:${name}:${String(version).padStart(10, '0')}`;
const lastKey = (name: string): string => `last:${name}`;
const codeKey = (key: string): string => `code:${key}`;

/** The name of a layer version's code among all of an account and region. */
export const layerKey = ({ name, version }: Pick<LayerName, 'name' | 'version'>): string => `${name}:${version}`;

/** The layers of every account and region. Functions keep copies of what they use, so each is deleted by itself. */
export class LayerStore {
  readonly #store: Store;
  readonly #serial = createSerial();

  constructor(store: Store) {
    this.#store = store;
  }

  #area({ account, region }: Scope): Area {
    return this.#store.area(account, region, 'lambda-layers');
  }

  /**
   * Publishes the next version of a layer. Numbers are never given twice.
   * @param record makes what is stored of it
   */
  publish(
    scope: Scope,
    name: string,
    record: (version: number) => LayerRecord,
    code: Uint8Array,
  ): Promise<LayerRecord> {
    const area = this.#area(scope);
    return this.#serial(layerArn({ ...scope, name }), async () => {
      const version = ((await area.get<number>(lastKey(name))) ?? 0) + 1;
      const published = record(version);
      await area.batch([
        { key: lastKey(name), value: version },
        { key: versionKey(name, version), value: published },
        { key: codeKey(layerKey({ name, version })), value: code },
      ]);
      return published;
    });
  }

  find({ name, version, ...scope }: LayerName): Promise<LayerRecord | undefined> {
    return this.#area(scope).get<LayerRecord>(versionKey(name, version));
  }

  /** @throws AwsError ResourceNotFoundException */
  async get(layer: LayerName): Promise<LayerRecord> {
    const record = await this.find(layer);
    if (record) return record;
    throw notFound();
  }

  /** The record for operations that say which version is not there. @throws AwsError ResourceNotFoundException */
  async described(layer: LayerName): Promise<LayerRecord> {
    const record = await this.find(layer);
    if (record) return record;
    throw notFound(`Layer version ${layerVersionArn(layer)} does not exist.`);
  }

  /** @throws AwsError ResourceNotFoundException, and what `change` throws */
  changePolicy(layer: LayerName, change: (before: PolicyRecord | undefined) => PolicyRecord | undefined) {
    return this.#serial(layerArn(layer), async () => {
      const record = await this.described(layer);
      const changed: LayerRecord = { ...record, policy: change(record.policy) };
      await this.#area(layer).batch([{ key: versionKey(layer.name, layer.version), value: changed }]);
      return changed;
    });
  }

  async code(layer: LayerName): Promise<Uint8Array> {
    const code = await this.codeOf(layer, layerKey(layer));
    if (code === undefined) throw new Error(`the code of ${layerKey(layer)} is not in the store`);
    return code;
  }

  /** The code of a layer version by its key, if it is still there. */
  codeOf(scope: Scope, key: string): Promise<Uint8Array | undefined> {
    return this.#area(scope).get<Uint8Array>(codeKey(key));
  }

  /** Every version, of one layer or of all, by name and from the first on. */
  async list(scope: Scope, name?: string): Promise<readonly LayerRecord[]> {
    const prefix = name === undefined ? 'version:' : `version:${name}:`;
    const records: LayerRecord[] = [];
    for await (const [, record] of this.#area(scope).range<LayerRecord>({ gte: prefix, lt: `${prefix}~` })) {
      records.push(record);
    }
    return records;
  }

  async delete({ name, version, ...scope }: LayerName): Promise<void> {
    await this.#area(scope).batch([
      { key: versionKey(name, version), value: undefined },
      { key: codeKey(layerKey({ name, version })), value: undefined },
    ]);
  }
}
