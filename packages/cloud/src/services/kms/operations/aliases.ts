import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { pageOf } from '../../../kit/page.js';
import { aliasArn, checkAliasName, keyArn, parseKeyId } from '../key-id.js';
import { refusePendingDeletion } from '../key-state.js';
import { invalid, invalidMarker, notFound } from '../kms-error.js';
import { kmsOperation, onAlias, onKey, onKeyOf } from '../service-state.js';

/** @throws AwsError for the names that are AWS's own */
function parseAlias(name: string, { account, region }: Scope) {
  checkAliasName(name);
  if (name.startsWith('alias/aws/')) throw new AwsError('NotAuthorizedException', '');
  return { account, region, asked: name, kind: 'alias' as const, name };
}

export const createAlias = kmsOperation({
  name: 'CreateAlias',
  limits: { AliasName: { min: 1, max: 256 }, TargetKeyId: { min: 1, max: 2048 } },
  parse: ({ AliasName, TargetKeyId }, scope) => {
    const key = parseKeyId(TargetKeyId, scope);
    if (key.kind === 'alias') throw invalid('Aliases must refer to keys. Not aliases');
    return { alias: parseAlias(AliasName, scope), key };
  },
  access: (row) => [onAlias(row, 'CreateAlias'), onKey(row, 'CreateAlias')],
  handle: async ({ alias, key }, _call, { keys, context }) => {
    const record = await keys.get(key);
    refusePendingDeletion(record);
    const { account, region, name } = alias;
    if (await keys.alias(alias, name)) {
      throw new AwsError('AlreadyExistsException', `An alias with the name ${aliasArn(alias)} already exists`);
    }
    const now = context.now();
    await keys.putAlias({ account, region, name, keyId: record.id, created: now, updated: now });
  },
});

export const updateAlias = kmsOperation({
  name: 'UpdateAlias',
  limits: { AliasName: { min: 1, max: 256 }, TargetKeyId: { min: 1, max: 2048 } },
  parse: ({ AliasName, TargetKeyId }, scope) => ({
    alias: parseAlias(AliasName, scope),
    key: parseKeyId(TargetKeyId, scope),
  }),
  access: (row) => [
    onAlias(row, 'UpdateAlias'),
    // Both the key that it leaves and the one that it goes to.
    onKeyOf(row, 'UpdateAlias', ({ alias }) => alias),
    onKey(row, 'UpdateAlias'),
  ],
  handle: async ({ alias, key }, _call, { keys, context }) => {
    const before = await keys.alias(alias, alias.name);
    if (!before) throw notFound(`Alias ${aliasArn(alias)} is not found.`);
    const record = await keys.get(key);
    refusePendingDeletion(record);
    await keys.putAlias({ ...before, keyId: record.id, updated: context.now() });
  },
});

export const deleteAlias = kmsOperation({
  name: 'DeleteAlias',
  limits: { AliasName: { min: 1, max: 256 } },
  parse: ({ AliasName }, scope) => ({ alias: parseAlias(AliasName, scope) }),
  access: (row) => [onAlias(row, 'DeleteAlias'), onKeyOf(row, 'DeleteAlias', ({ alias }) => alias)],
  handle: async ({ alias }, _call, { keys }) => {
    if (!(await keys.alias(alias, alias.name))) throw notFound(`Alias ${aliasArn(alias)} is not found.`);
    await keys.removeAlias(alias, alias.name);
  },
});

export const listAliases = kmsOperation({
  name: 'ListAliases',
  limits: { KeyId: { min: 1, max: 2048 }, Limit: { min: 1, max: 100 } },
  parse: ({ KeyId, Limit: limit = 50, Marker: marker }, scope) => ({
    key: KeyId === undefined ? undefined : parseKeyId(KeyId, scope),
    limit,
    marker,
  }),
  access: (row) => [row({ action: 'kms:ListAliases', on: anything })],
  handle: async ({ key, limit, marker }, call, { keys }) => {
    const record = key && (await keys.get(key));
    const aliases = (await keys.aliases(call)).filter(({ keyId }) => record === undefined || keyId === record.id);
    const { items, next } = pageOf(aliases, {
      keyOf: ({ name }) => name,
      limit,
      token: marker,
      of: ['ListAliases', record?.id],
      refuse: invalidMarker,
    });
    return {
      Aliases: items.map((alias) => ({
        AliasName: alias.name,
        AliasArn: aliasArn(alias),
        TargetKeyId: alias.keyId,
        CreationDate: new Date(alias.created),
        LastUpdatedDate: new Date(alias.updated),
      })),
      NextMarker: next,
      Truncated: next !== undefined,
    };
  },
});

export const listKeys = kmsOperation({
  name: 'ListKeys',
  limits: { Limit: { min: 1, max: 1000 } },
  access: (row) => [row({ action: 'kms:ListKeys', on: anything })],
  handle: async ({ Limit: limit = 100, Marker: token }, call, { keys }) => {
    const { items, next } = pageOf(await keys.list(call), {
      keyOf: ({ id }) => id,
      limit,
      token,
      of: ['ListKeys'],
      refuse: invalidMarker,
    });
    return {
      Keys: items.map((record) => ({ KeyId: record.id, KeyArn: keyArn(record) })),
      NextMarker: next,
      Truncated: next !== undefined,
    };
  },
});
