import { randomBytes } from 'node:crypto';
import { anything } from '../../../core/access.js';
import { principalArn } from '../../../core/principal.js';
import { pageOf } from '../../../kit/page.js';
import { keyArn, parseKeyId } from '../key-id.js';
import type { Grant, KeyRecord } from '../key-record.js';
import { checkEnabled, refusePendingDeletion } from '../key-state.js';
import { invalid, invalidMarker, notFound } from '../kms-error.js';
import { type KmsState, kmsOperation, onKey, onKeyOf } from '../service-state.js';
import { endDryRun } from './dry-run.js';

const OPERATIONS = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
];

const isService = (principal: string): boolean => principal.endsWith('.amazonaws.com');

export const createGrant = kmsOperation({
  name: 'CreateGrant',
  limits: {
    KeyId: { min: 1, max: 2048 },
    Name: { min: 1, max: 256 },
    Operations: { each: { values: OPERATIONS } },
  },
  parse: (input, scope) => {
    const grantee = input.GranteePrincipal ?? input.GranteeServicePrincipal;
    if (grantee === undefined) throw invalid('A grantee principal is required.');
    if (!isService(grantee) && !grantee.startsWith('arn:')) throw invalid(`Invalid grantee principal ${grantee}`);
    return {
      key: parseKeyId(input.KeyId, scope),
      grantee,
      retiring: input.RetiringPrincipal ?? input.RetiringServicePrincipal,
      operations: input.Operations,
      constraints: input.Constraints,
      name: input.Name,
      dryRun: input.DryRun,
    };
  },
  access: (row) => [
    onKey(row, 'CreateGrant', {
      'kms:EncryptionContext:*': ({ input }) =>
        input.constraints?.EncryptionContextEquals ?? input.constraints?.EncryptionContextSubset,
      'kms:EncryptionContextKeys': ({ input }) =>
        Object.keys(input.constraints?.EncryptionContextEquals ?? input.constraints?.EncryptionContextSubset ?? {}),
      'kms:GrantConstraintSourceArn': ({ input }) => input.constraints?.SourceArn,
      'kms:GrantConstraintType': ({ input }) => constraintType(input.constraints),
      'kms:GrantIsForAWSResource': ({ call }) =>
        String(call.calledVia !== undefined || call.principal.kind === 'service'),
      'kms:GrantOperations': ({ input }) => input.operations,
      'kms:GranteePrincipal': ({ input }) => (isService(input.grantee) ? undefined : input.grantee),
      'kms:GranteeServicePrincipal': ({ input }) => (isService(input.grantee) ? input.grantee : undefined),
      'kms:RetiringPrincipal': ({ input }) => (isService(input.retiring ?? '') ? undefined : input.retiring),
      'kms:RetiringServicePrincipal': ({ input }) => (isService(input.retiring ?? '') ? input.retiring : undefined),
    }),
  ],
  handle: async ({ key, dryRun, ...settings }, call, { keys, context }) => {
    const before = await keys.get(key);
    checkEnabled(before);
    endDryRun(dryRun);
    // A grant with a name is made once.
    const same = before.grants.find((grant) => grant.name !== undefined && isSame(grant, settings));
    if (same) return { GrantId: same.id, GrantToken: same.token };
    const grant: Grant = {
      ...settings,
      id: randomBytes(32).toString('hex'),
      token: randomBytes(96).toString('base64'),
      issuer: principalArn(call.principal),
      created: context.now(),
    };
    await keys.change(key, (record) => ({ ...record, grants: [...record.grants, grant] }));
    return { GrantId: grant.id, GrantToken: grant.token };
  },
});

type Settings = Pick<Grant, 'grantee' | 'retiring' | 'operations' | 'constraints' | 'name'>;

function isSame(grant: Grant, settings: Settings): boolean {
  const textOf = ({ grantee, retiring, operations, constraints, name }: Settings) =>
    JSON.stringify([grantee, retiring, operations, constraints, name]);
  return textOf(grant) === textOf(settings);
}

function constraintType(constraints: Grant['constraints']): string | undefined {
  if (constraints?.EncryptionContextEquals) return 'EncryptionContextEquals';
  return constraints?.EncryptionContextSubset ? 'EncryptionContextSubset' : undefined;
}

function shown(record: KeyRecord, grant: Grant) {
  return {
    KeyId: keyArn(record),
    GrantId: grant.id,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.created),
    GranteePrincipal: grant.grantee,
    RetiringPrincipal: grant.retiring,
    IssuingAccount: `arn:aws:iam::${record.account}:root`,
    Operations: grant.operations,
    Constraints: grant.constraints,
  };
}

export const listGrants = kmsOperation({
  name: 'ListGrants',
  limits: { KeyId: { min: 1, max: 2048 }, Limit: { min: 1, max: 100 } },
  parse: (input, scope) => ({
    key: parseKeyId(input.KeyId, scope),
    id: input.GrantId,
    grantee: input.GranteePrincipal ?? input.GranteeServicePrincipal,
    limit: input.Limit ?? 50,
    marker: input.Marker,
  }),
  access: (row) => [onKey(row, 'ListGrants', { 'kms:GrantIsForAWSResource': () => 'false' })],
  handle: async ({ key, id, grantee, limit, marker }, _call, { keys }) => {
    const record = await keys.get(key);
    refusePendingDeletion(record);
    const found = record.grants
      .filter((grant) => (id === undefined || grant.id === id) && (grantee === undefined || grant.grantee === grantee))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const { items, next } = pageOf(found, {
      keyOf: (grant) => grant.id,
      limit,
      token: marker,
      of: ['ListGrants', record.id, id, grantee],
      refuse: invalidMarker,
    });
    return { Grants: items.map((grant) => shown(record, grant)), NextMarker: next, Truncated: next !== undefined };
  },
});

export const listRetirableGrants = kmsOperation({
  name: 'ListRetirableGrants',
  limits: { Limit: { min: 1, max: 100 } },
  parse: (input) => ({
    retiring: input.RetiringPrincipal ?? input.RetiringServicePrincipal,
    limit: input.Limit ?? 50,
    marker: input.Marker,
  }),
  access: (row) => [row({ action: 'kms:ListRetirableGrants', on: anything })],
  handle: async ({ retiring, limit, marker }, call, { keys }) => {
    const found = (await keys.list(call))
      .flatMap((record) => record.grants.map((grant) => ({ record, grant })))
      .filter(({ grant }) => grant.retiring === retiring)
      .sort((a, b) => (a.grant.id < b.grant.id ? -1 : 1));
    const { items, next } = pageOf(found, {
      keyOf: ({ grant }) => grant.id,
      limit,
      token: marker,
      of: ['ListRetirableGrants', retiring],
      refuse: invalidMarker,
    });
    return {
      Grants: items.map(({ record, grant }) => shown(record, grant)),
      NextMarker: next,
      Truncated: next !== undefined,
    };
  },
});

/** @throws AwsError NotFoundException */
function withoutGrant(record: KeyRecord, id: string): KeyRecord {
  const grants = record.grants.filter((grant) => grant.id !== id);
  if (grants.length === record.grants.length) throw notFound(`Grant ID ${id} not found`);
  return { ...record, grants };
}

export const revokeGrant = kmsOperation({
  name: 'RevokeGrant',
  limits: { KeyId: { min: 1, max: 2048 }, GrantId: { min: 1, max: 128 } },
  parse: ({ KeyId, GrantId: id, DryRun: dryRun }, scope) => ({ key: parseKeyId(KeyId, scope), id, dryRun }),
  access: (row) => [onKey(row, 'RevokeGrant', { 'kms:GrantIsForAWSResource': () => 'false' })],
  handle: async ({ key, id, dryRun }, _call, { keys }) => {
    await keys.change(key, (record) => {
      const changed = withoutGrant(record, id);
      endDryRun(dryRun);
      return changed;
    });
  },
});

interface Retirement {
  readonly key: ReturnType<typeof parseKeyId> | undefined;
  readonly id: string | undefined;
  readonly token: string | undefined;
}

/** The key and the grant that a retirement means. @throws AwsError NotFoundException */
async function retired(
  { key, id, token }: Retirement,
  scope: Parameters<KmsState['keys']['list']>[0],
  { keys }: KmsState,
) {
  const records = key ? [await keys.get(key)] : await keys.list(scope);
  for (const record of records) {
    const grant = record.grants.find((each) => each.id === id || (token !== undefined && each.token === token));
    if (grant) return { record, grant };
  }
  throw notFound(token === undefined ? `Grant ID ${id} not found` : 'Grant token is not valid');
}

export const retireGrant = kmsOperation({
  name: 'RetireGrant',
  limits: { KeyId: { min: 1, max: 2048 }, GrantId: { min: 1, max: 128 } },
  parse: ({ KeyId, GrantId: id, GrantToken: token, DryRun: dryRun }, scope) => {
    if (token === undefined && (KeyId === undefined || id === undefined)) {
      throw invalid('Either a grant token or both key ID and grant ID are required.');
    }
    return { key: KeyId === undefined ? undefined : parseKeyId(KeyId, scope), id, token, dryRun };
  },
  access: (row) => [
    onKeyOf(
      row,
      'RetireGrant',
      async (input, call, state) => {
        const { record, grant } = await retired(input, call, state);
        // Whom the grant lets retire it needs no further permission.
        if (grant.retiring === principalArn(call.principal)) return undefined;
        return parseKeyId(keyArn(record), call);
      },
      {
        'kms:EncryptionContext:*': async ({ input, call, state }) => {
          const { constraints } = (await retired(input, call, state)).grant;
          return constraints?.EncryptionContextEquals ?? constraints?.EncryptionContextSubset;
        },
        'kms:EncryptionContextKeys': async ({ input, call, state }) => {
          const { constraints } = (await retired(input, call, state)).grant;
          return Object.keys(constraints?.EncryptionContextEquals ?? constraints?.EncryptionContextSubset ?? {});
        },
        'kms:GrantConstraintType': async ({ input, call, state }) =>
          constraintType((await retired(input, call, state)).grant.constraints),
      },
    ),
  ],
  handle: async (input, call, state) => {
    const { record, grant } = await retired(input, call, state);
    endDryRun(input.dryRun);
    await state.keys.change(parseKeyId(keyArn(record), call), (before) => withoutGrant(before, grant.id));
  },
});
