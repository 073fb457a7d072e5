import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/call.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { type KeyUser, useKey } from '../../kit/key-use.js';
import { createSerial } from '../../store/serial.js';
import { parameterArn } from './parameter-name.js';
import { createSealer, type Sealer } from './sealer.js';

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  readonly value: string;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** ARN of who wrote it. */
  readonly user: string;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly keyId?: string | undefined;
}

export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** A parameter as it is stored: its versions, oldest first, at most 100. */
export interface ParameterRecord {
  readonly name: string;
  readonly versions: readonly ParameterVersion[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The facts of a parameter that its key is asked for. */
interface SealedParameter extends Pick<ParameterVersion, 'type' | 'keyId' | 'tier'> {
  readonly name: string;
}

const DEFAULT_KEY = 'alias/aws/ssm';

const SSM: KeyUser = {
  service: 'ssm',
  refuse: (error) =>
    error.code === 'AccessDeniedException' ? error : new AwsError('InvalidKeyId', `${error.message} (${error.code})`),
};

const keyOf = (name: string) => `parameter/${name}`;

/** The parameters of every account and region. */
export class ParameterStore {
  readonly now: () => number;
  readonly dispatch: CloudContext['dispatch'];
  readonly #store: CloudContext['store'];
  readonly #serial = createSerial();

  constructor({ store, now, dispatch }: Pick<CloudContext, 'store' | 'now' | 'dispatch'>) {
    this.#store = store;
    this.now = now;
    this.dispatch = dispatch;
  }

  /** A name of one level means the same with a slash before it and without, as both have one ARN. */
  async get(scope: Scope, name: string): Promise<ParameterRecord | undefined> {
    const area = this.#area(scope);
    const record = await area.get<ParameterRecord>(keyOf(name));
    const other = otherName(name);
    return record ?? (other === undefined ? undefined : area.get<ParameterRecord>(keyOf(other)));
  }

  put(scope: Scope, record: ParameterRecord): Promise<void> {
    return this.#area(scope).batch([{ key: keyOf(record.name), value: record }]);
  }

  remove(scope: Scope, name: string): Promise<void> {
    return this.#area(scope).batch([{ key: keyOf(name), value: undefined }]);
  }

  /** By name, from after `after`. */
  async *list(scope: Scope, prefix: string, after?: string): AsyncIterable<ParameterRecord> {
    const from = after === undefined ? { gte: keyOf(prefix) } : { gt: keyOf(after) };
    const records = this.#area(scope).range<ParameterRecord>({ ...from, lt: `${keyOf(prefix)}\uffff` });
    for await (const [, record] of records) yield record;
  }

  /** Reads a parameter and changes it, before another change of it begins. */
  change<T>(scope: Scope, name: string, change: (record: ParameterRecord | undefined) => Promise<T>): Promise<T> {
    return this.#serial(parameterArn(scope, name), async () => change(await this.get(scope, name)));
  }

  /** Of a scope: what SecureStrings look like to those who do not ask for decryption. */
  sealer(scope: Scope): Promise<Sealer> {
    return createSealer(this.#area(scope));
  }

  /** Checks that a caller may use the key of a SecureString. @throws AwsError InvalidKeyId, AccessDeniedException */
  async useKey(call: Call, parameter: SealedParameter, action: 'Decrypt' | 'Encrypt'): Promise<void> {
    const { name, type, keyId = DEFAULT_KEY, tier } = parameter;
    // Everybody in the account may use the key that Systems Manager has for itself.
    if (type !== 'SecureString' || keyId === DEFAULT_KEY) return;
    // An advanced parameter is encrypted by a data key.
    const asked = action === 'Encrypt' && tier === 'Advanced' ? 'GenerateDataKey' : action;
    const encryptionContext = { PARAMETER_ARN: parameterArn(call, name) };
    await useKey({ dispatch: this.dispatch }, SSM, call, call, { keyId, action: asked, encryptionContext });
  }

  #area({ account, region }: Scope): Area {
    return this.#store.area(account, region, 'ssm');
  }
}

/** `/a` for `a` and `a` for `/a`; undefined for names of several levels. */
function otherName(name: string): string | undefined {
  if (name.lastIndexOf('/') > 0) return undefined;
  return name.startsWith('/') ? name.slice(1) : `/${name}`;
}

/** The newest version; a record always has one. */
export function newest(record: ParameterRecord): ParameterVersion {
  const version = record.versions.at(-1);
  if (!version) throw new Error(`the parameter ${record.name} has no version`);
  return version;
}
