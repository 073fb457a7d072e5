import { AwsError } from '../../../core/aws-error.js';
import { newMaterial } from '../cryptography/material.js';
import { keyArn, parseKeyId } from '../key-id.js';
import type { KeyRecord } from '../key-record.js';
import { checkEnabled, refusePendingDeletion, stateOf } from '../key-state.js';
import { invalidState, unsupported } from '../kms-error.js';
import { kmsOperation, onKey } from '../service-state.js';

const DAY = 86_400_000;
const LIMITS = { KeyId: { min: 1, max: 2048 } };

export const enableKey = kmsOperation({
  name: 'EnableKey',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'EnableKey')],
  handle: async ({ key }, _call, { keys }) => {
    await keys.change(key, (record) => {
      refusePendingDeletion(record);
      return { ...record, enabled: true };
    });
  },
});

export const disableKey = kmsOperation({
  name: 'DisableKey',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'DisableKey')],
  handle: async ({ key }, _call, { keys }) => {
    await keys.change(key, (record) => {
      refusePendingDeletion(record);
      return { ...record, enabled: false };
    });
  },
});

export const updateKeyDescription = kmsOperation({
  name: 'UpdateKeyDescription',
  limits: { ...LIMITS, Description: { max: 8192 } },
  parse: ({ KeyId, Description: description }, scope) => ({ key: parseKeyId(KeyId, scope), description }),
  access: (row) => [onKey(row, 'UpdateKeyDescription')],
  handle: async ({ key, description }, _call, { keys }) => {
    await keys.change(key, (record) => {
      refusePendingDeletion(record);
      return { ...record, description };
    });
  },
});

export const scheduleKeyDeletion = kmsOperation({
  name: 'ScheduleKeyDeletion',
  limits: { ...LIMITS, PendingWindowInDays: { min: 7, max: 30 } },
  parse: ({ KeyId, PendingWindowInDays: days = 30 }, scope) => ({ key: parseKeyId(KeyId, scope), days }),
  access: (row) => [
    onKey(row, 'ScheduleKeyDeletion', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': ({ input }) => String(input.days),
    }),
  ],
  handle: async ({ key, days }, _call, { keys, context }) => {
    const record = await keys.change(key, (before) => {
      refusePendingDeletion(before);
      return { ...before, enabled: false, deletion: context.now() + days * DAY, pendingDays: days };
    });
    return {
      KeyId: keyArn(record),
      DeletionDate: new Date(record.deletion ?? 0),
      KeyState: stateOf(record),
      PendingWindowInDays: days,
    };
  },
});

export const cancelKeyDeletion = kmsOperation({
  name: 'CancelKeyDeletion',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'CancelKeyDeletion')],
  handle: async ({ key }, _call, { keys }) => {
    const record = await keys.change(key, ({ deletion, pendingDays: _, ...before }) => {
      if (deletion === undefined) throw invalidState(`${keyArn(before)} is not pending deletion.`);
      return before;
    });
    return { KeyId: keyArn(record) };
  },
});

/** Only symmetric keys get new material. @throws AwsError UnsupportedOperationException */
function checkRotates(record: KeyRecord): void {
  if (record.spec !== 'SYMMETRIC_DEFAULT') throw unsupported('');
  checkEnabled(record);
}

const DEFAULT_PERIOD = 365;

export const enableKeyRotation = kmsOperation({
  name: 'EnableKeyRotation',
  limits: { ...LIMITS, RotationPeriodInDays: { min: 90, max: 2560 } },
  parse: ({ KeyId, RotationPeriodInDays: days }, scope) => ({ key: parseKeyId(KeyId, scope), days }),
  access: (row) => [
    onKey(row, 'EnableKeyRotation', { 'kms:RotationPeriodInDays': ({ input }) => input.days?.toString() }),
  ],
  handle: async ({ key, days: given }, _call, { keys, context }) => {
    await keys.change(key, (record) => {
      checkRotates(record);
      const days = given ?? record.rotation?.days ?? DEFAULT_PERIOD;
      return { ...record, rotation: { days, next: context.now() + days * DAY } };
    });
  },
});

export const disableKeyRotation = kmsOperation({
  name: 'DisableKeyRotation',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'DisableKeyRotation')],
  handle: async ({ key }, _call, { keys }) => {
    await keys.change(key, (record) => {
      checkRotates(record);
      return { ...record, rotation: undefined };
    });
  },
});

export const getKeyRotationStatus = kmsOperation({
  name: 'GetKeyRotationStatus',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'GetKeyRotationStatus')],
  handle: async ({ key }, _call, { keys }) => {
    const record = await keys.get(key);
    refusePendingDeletion(record);
    const { rotation } = record;
    return {
      KeyId: keyArn(record),
      KeyRotationEnabled: rotation !== undefined,
      RotationPeriodInDays: rotation?.days,
      NextRotationDate: rotation && new Date(rotation.next),
    };
  },
});

/** "On-demand rotations" of the KMS quotas. */
const MOST_ROTATIONS = 10;

export const rotateKeyOnDemand = kmsOperation({
  name: 'RotateKeyOnDemand',
  limits: LIMITS,
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'RotateKeyOnDemand')],
  handle: async ({ key }, _call, { keys, context }) => {
    const record = await keys.change(key, async (before) => {
      checkRotates(before);
      if (before.materials.filter(({ rotation }) => rotation === 'ON_DEMAND').length >= MOST_ROTATIONS) {
        throw new AwsError(
          'LimitExceededException',
          `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArn(before)}`,
        );
      }
      const material = await newMaterial(before.spec, context.now(), 'ON_DEMAND');
      return { ...before, materials: [...before.materials, material] };
    });
    return { KeyId: keyArn(record) };
  },
});

export const listKeyRotations = kmsOperation({
  name: 'ListKeyRotations',
  limits: { ...LIMITS, Limit: { min: 1, max: 1000 } },
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'ListKeyRotations')],
  // A key has fewer rotations than a page.
  handle: async ({ key }, _call, { keys }) => {
    const record = await keys.get(key);
    const { id: KeyId, materials } = record;
    return {
      Rotations: materials.flatMap(({ id: KeyMaterialId, since, rotation: RotationType }) =>
        RotationType === undefined ? [] : [{ KeyId, KeyMaterialId, RotationDate: new Date(since), RotationType }],
      ),
      Truncated: false,
    };
  },
});
