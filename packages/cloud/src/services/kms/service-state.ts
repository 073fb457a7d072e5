import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { operationsOf } from '../../model/operation.js';
import { aliasArn, type KeyId, keyArn } from './key-id.js';
import { decidingPolicy } from './key-policy.js';
import type { KeyStore } from './key-store.js';
import { refuseInput } from './kms-error.js';

/** The state that the operations of KMS share. */
export interface KmsState {
  readonly context: CloudContext;
  readonly keys: KeyStore;
}

/** An operation of KMS. */
export const kmsOperation = operationsOf<KmsState, 'kms'>('kms', refuseInput);

export type KmsRow<Input> = RowMaker<KmsState, Input>;

export interface KeyTarget extends Target {
  readonly key: KeyId;
}

export type KmsKeys<Input> = ConditionKeys<KmsState, Input, KeyTarget>;

/** The service through which a call comes, as the host of its region: `s3.eu-west-1.amazonaws.com` */
export function viaService({ calledVia, region }: Call): string | undefined {
  const service = calledVia?.at(-1)?.replace(/\.amazonaws\.com$/, '');
  return service === undefined ? undefined : `${service}.${region}.amazonaws.com`;
}

/** The keys that every action of KMS has. */
export const callerKeys: ConditionKeys<unknown, unknown> = {
  'kms:CallerAccount': ({ call }) => call.principal.account,
  'kms:ViaService': ({ call }) => viaService(call),
};

const ofKey: KmsKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, state }) => (await state.keys.find(target.key))?.tags,
  'kms:KeyOrigin': () => 'AWS_KMS',
  'kms:KeySpec': async ({ target, state }) => (await state.keys.find(target.key))?.spec,
  'kms:KeyUsage': async ({ target, state }) => (await state.keys.find(target.key))?.usage,
  'kms:MultiRegion': async ({ target, state }) => String((await state.keys.find(target.key))?.multiRegion ?? false),
  'kms:MultiRegionKeyType': async ({ target, state }) =>
    (await state.keys.find(target.key))?.multiRegion ? 'PRIMARY' : undefined,
  'kms:ResourceAliases': async ({ target, state }) => {
    const record = await state.keys.find(target.key);
    const aliases = record ? await state.keys.aliases(record) : [];
    return aliases.filter(({ keyId }) => keyId === record?.id).map(({ name }) => name);
  },
};

/** One action on the key that `keyOf` finds in the input; its policy decides, and its grants do. */
export function onKeyOf<Input>(
  row: KmsRow<Input>,
  action: string,
  keyOf: (input: Input, call: Call, state: KmsState) => KeyId | undefined | Promise<KeyId | undefined>,
  keys: KmsKeys<NoInfer<Input>> = {},
): AccessRow<KmsState, Input> {
  return row<KeyTarget>({
    action: `kms:${action}`,
    type: 'key',
    on: async (input, call, state) => {
      const key = await keyOf(input, call, state);
      if (key === undefined) return undefined;
      // Everybody in the account learns if there is such a key, as on AWS.
      const record = await state.keys.get(key);
      return { resource: keyArn(record), resourcePolicy: async () => decidingPolicy(record), policyDecides: true, key };
    },
    keys: { ...callerKeys, ...ofKey, ...keys },
  });
}

/** One action on the key that the input names. */
export function onKey<Input extends { readonly key: KeyId }>(
  row: KmsRow<Input>,
  action: string,
  keys: KmsKeys<NoInfer<Input>> = {},
): AccessRow<KmsState, Input> {
  return onKeyOf(row, action, ({ key }) => key, keys);
}

/** One action on the alias that the input names. Aliases have no policies. */
export function onAlias<Input extends { readonly alias: KeyId & { readonly kind: 'alias' } }>(
  row: KmsRow<Input>,
  action: string,
): AccessRow<KmsState, Input> {
  return row({
    action: `kms:${action}`,
    type: 'alias',
    on: ({ alias }) => ({ resource: aliasArn(alias) }),
    keys: callerKeys,
  });
}

/** `alias/shop`, where the request names its key so. */
export const requestAlias: KmsKeys<{ readonly key: KeyId }> = {
  'kms:RequestAlias': ({ input }) => (input.key.kind === 'alias' ? input.key.name : undefined),
};
