import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/call.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
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

/** The parameters of every account and region. */
export interface ParameterStore extends Pick<CloudContext, 'dispatch'> {
  readonly now: () => number;
  /** A name of one level means the same with a slash before it and without, as both have one ARN. */
  readonly get: (scope: Scope, name: string) => Promise<ParameterRecord | undefined>;
  readonly put: (scope: Scope, record: ParameterRecord) => Promise<void>;
  readonly remove: (scope: Scope, name: string) => Promise<void>;
  /** By name, from after `after`. */
  readonly list: (scope: Scope, prefix: string, after?: string) => AsyncIterable<ParameterRecord>;
  /** Reads a parameter and changes it, before another change of it begins. */
  readonly change: <T>(
    scope: Scope,
    name: string,
    change: (record: ParameterRecord | undefined) => Promise<T>,
  ) => Promise<T>;
  /** Of a scope: what SecureStrings look like to those who do not ask for decryption. */
  readonly sealer: (scope: Scope) => Promise<Sealer>;
  /** Checks that a caller may use the key of a SecureString. @throws AwsError InvalidKeyId, AccessDeniedException */
  readonly useKey: (call: Call, version: SealedParameter, action: 'Decrypt' | 'Encrypt') => Promise<void>;
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

export function createParameterStore({
  store,
  now,
  dispatch,
}: Pick<CloudContext, 'store' | 'now' | 'dispatch'>): ParameterStore {
  const area = ({ account, region }: Scope) => store.area(account, region, 'ssm');
  const key = (name: string) => `parameter/${name}`;
  const serial = createSerial();
  const get = async (scope: Scope, name: string): Promise<ParameterRecord | undefined> => {
    const record = await area(scope).get<ParameterRecord>(key(name));
    const other = otherName(name);
    return record ?? (other === undefined ? undefined : area(scope).get<ParameterRecord>(key(other)));
  };
  return {
    now,
    dispatch,
    get,
    put: (scope, record) => area(scope).batch([{ key: key(record.name), value: record }]),
    remove: (scope, name) => area(scope).batch([{ key: key(name), value: undefined }]),
    list: async function* (scope, prefix, after) {
      const from = after === undefined ? { gte: key(prefix) } : { gt: key(after) };
      for await (const [, record] of area(scope).range<ParameterRecord>({ ...from, lt: `${key(prefix)}\uffff` })) {
        yield record;
      }
    },
    change: (scope, name, change) => serial(parameterArn(scope, name), async () => change(await get(scope, name))),
    sealer: (scope) => createSealer(area(scope)),
    useKey: async (call, { name, type, keyId = DEFAULT_KEY, tier }, action) => {
      // Everybody in the account may use the key that Systems Manager has for itself.
      if (type !== 'SecureString' || keyId === DEFAULT_KEY) return;
      // An advanced parameter is encrypted by a data key.
      const asked = action === 'Encrypt' && tier === 'Advanced' ? 'GenerateDataKey' : action;
      const encryptionContext = { PARAMETER_ARN: parameterArn(call, name) };
      await useKey({ dispatch }, SSM, call, call, { keyId, action: asked, encryptionContext });
    },
  };
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
