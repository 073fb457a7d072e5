import type { Scope } from '../../core/operation.js';
import type { Store } from '../../core/store.js';
import { createSealer, type Sealer } from './sealer.js';

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  readonly value: string;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** ARN of who wrote it. */
  readonly user: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly keyId?: string;
}

export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** A parameter as it is stored: its versions, oldest first, at most 100. */
export interface ParameterRecord {
  readonly name: string;
  readonly versions: readonly ParameterVersion[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The parameters of every account and region. */
export interface ParameterStore {
  readonly now: () => number;
  readonly get: (scope: Scope, name: string) => Promise<ParameterRecord | undefined>;
  readonly put: (scope: Scope, record: ParameterRecord) => Promise<void>;
  readonly remove: (scope: Scope, name: string) => Promise<void>;
  /** By name, from after `after`. */
  readonly list: (scope: Scope, prefix: string, after?: string) => AsyncIterable<ParameterRecord>;
  /** Runs one after another what reads a parameter and then writes it. */
  readonly change: <T>(change: () => Promise<T>) => Promise<T>;
  /** Of a scope: what SecureStrings look like to those who do not ask for decryption. */
  readonly sealer: (scope: Scope) => Promise<Sealer>;
}

export function createParameterStore(store: Store, now: () => number): ParameterStore {
  const area = ({ account, region }: Scope) => store.area(account, region, 'ssm');
  const key = (name: string) => `parameter/${name}`;
  let last: Promise<unknown> = Promise.resolve();
  return {
    now,
    get: (scope, name) => area(scope).get<ParameterRecord>(key(name)),
    put: (scope, record) => area(scope).batch([{ key: key(record.name), value: record }]),
    remove: (scope, name) => area(scope).batch([{ key: key(name), value: undefined }]),
    list: async function* (scope, prefix, after) {
      const from = after === undefined ? { gte: key(prefix) } : { gt: key(after) };
      for await (const [, record] of area(scope).range<ParameterRecord>({ ...from, lt: `${key(prefix)}\uffff` })) {
        yield record;
      }
    },
    change: (change) => {
      const result = last.then(change);
      last = result.catch(() => undefined);
      return result;
    },
    sealer: (scope) => createSealer(area(scope)),
  };
}

/** The newest version; a record always has one. */
export function newest(record: ParameterRecord): ParameterVersion {
  const version = record.versions.at(-1);
  if (!version) throw new Error(`the parameter ${record.name} has no version`);
  return version;
}
