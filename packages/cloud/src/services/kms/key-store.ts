import type { Scope } from '../../core/operation.js';
import { randomId } from '../../core/random-id.js';
import type { Store } from '../../core/store.js';
import { createSerial } from '../../store/serial.js';
import { newMaterial } from './cryptography/material.js';
import { aliasArn, type KeyId, keyArn } from './key-id.js';
import { servicePolicy } from './key-policy.js';
import type { AliasRecord, KeyRecord } from './key-record.js';
import { notFound } from './kms-error.js';

const OF_SERVICE = /^alias\/aws\/(?<service>[a-z0-9-]+)$/;

/** The keys and aliases of every account and region. */
export class KeyStore {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #serial = createSerial();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  #keys({ account, region }: Scope) {
    return this.#store.area(account, region, 'kms').area('keys');
  }

  #aliases({ account, region }: Scope) {
    return this.#store.area(account, region, 'kms').area('aliases');
  }

  async #read(scope: Scope, id: string): Promise<KeyRecord | undefined> {
    const record = await this.#keys(scope).get<KeyRecord>(id);
    if (record?.deletion === undefined || record.deletion > this.#now()) return record;
    // Its window is over.
    const aliases = (await this.aliases(scope)).filter(({ keyId }) => keyId === id);
    await this.#aliases(scope).batch(aliases.map(({ name }) => ({ key: name, value: undefined })));
    await this.#keys(scope).batch([{ key: id, value: undefined }]);
    return undefined;
  }

  async find(id: KeyId): Promise<KeyRecord | undefined> {
    if (id.kind === 'key') return this.#read(id, id.id);
    const alias = (await this.alias(id, id.name)) ?? (await this.#ofService(id, id.name));
    return alias && this.#read(id, alias.keyId);
  }

  /** @throws AwsError NotFoundException */
  async get(id: KeyId): Promise<KeyRecord> {
    const record = await this.find(id);
    if (record) return record;
    if (id.kind === 'alias') throw notFound(`Alias ${aliasArn(id)} is not found.`);
    throw notFound(`Key '${keyArn(id)}' does not exist`);
  }

  /** The key that a service of AWS has for itself, made when it is first asked for. */
  #ofService(scope: Scope, name: string): Promise<AliasRecord | undefined> {
    const service = OF_SERVICE.exec(name)?.groups?.service;
    if (service === undefined) return Promise.resolve(undefined);
    return this.#serial(`${scope.account}/${scope.region}/${name}`, async () => {
      const made = await this.alias(scope, name);
      if (made) return made;
      const now = this.#now();
      const id = randomId.uuid();
      await this.put({
        account: scope.account,
        region: scope.region,
        id,
        manager: 'AWS',
        description: `Default key that protects my ${service} data when no other key is defined`,
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        multiRegion: false,
        enabled: true,
        policy: servicePolicy(scope, service),
        tags: {},
        materials: [await newMaterial('SYMMETRIC_DEFAULT', now)],
        grants: [],
        created: now,
      });
      const { account, region } = scope;
      const alias = { account, region, name, keyId: id, created: now, updated: now };
      await this.putAlias(alias);
      return alias;
    });
  }

  put(record: KeyRecord): Promise<void> {
    return this.#keys(record).batch([{ key: record.id, value: record }]);
  }

  /** Changes a key, before another change of it begins. */
  async change(id: KeyId, change: (record: KeyRecord) => KeyRecord | Promise<KeyRecord>): Promise<KeyRecord> {
    const { id: own, account, region } = await this.get(id);
    return this.#serial(`${account}/${region}/${own}`, async () => {
      const changed = await change(await this.get(id));
      await this.put(changed);
      return changed;
    });
  }

  /** By id. */
  async list(scope: Scope): Promise<readonly KeyRecord[]> {
    const ids: string[] = [];
    for await (const [id] of this.#keys(scope).range({})) ids.push(id);
    const records = await Promise.all(ids.map((id) => this.#read(scope, id)));
    return records.filter((record) => record !== undefined);
  }

  alias(scope: Scope, name: string): Promise<AliasRecord | undefined> {
    return this.#aliases(scope).get<AliasRecord>(name);
  }

  /** By name. */
  async aliases(scope: Scope): Promise<readonly AliasRecord[]> {
    const found: AliasRecord[] = [];
    for await (const [, alias] of this.#aliases(scope).range<AliasRecord>({})) found.push(alias);
    return found;
  }

  putAlias(alias: AliasRecord): Promise<void> {
    return this.#aliases(alias).batch([{ key: alias.name, value: alias }]);
  }

  removeAlias(scope: Scope, name: string): Promise<void> {
    return this.#aliases(scope).batch([{ key: name, value: undefined }]);
  }
}
