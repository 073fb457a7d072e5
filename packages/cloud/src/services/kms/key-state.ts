import { AwsError } from '../../core/aws-error.js';
import { keyArn } from './key-id.js';
import type { KeyMaterial, KeyRecord } from './key-record.js';
import { KEY_SPECS, type KeySpec, type KeyUsage } from './key-specs.js';
import { invalidState, invalidUsage } from './kms-error.js';

export function stateOf({ enabled, deletion }: KeyRecord): 'Enabled' | 'Disabled' | 'PendingDeletion' {
  if (deletion !== undefined) return 'PendingDeletion';
  return enabled ? 'Enabled' : 'Disabled';
}

/** @throws AwsError KMSInvalidStateException where the key waits for its deletion */
export function refusePendingDeletion(record: KeyRecord): void {
  if (record.deletion !== undefined) throw invalidState(`${keyArn(record)} is pending deletion.`);
}

/** @throws AwsError DisabledException, KMSInvalidStateException */
export function checkEnabled(record: KeyRecord): void {
  refusePendingDeletion(record);
  if (!record.enabled) throw new AwsError('DisabledException', `${keyArn(record)} is disabled.`);
}

/** A key that can be used for an operation now. @throws AwsError also InvalidKeyUsageException */
export function checkUsable(record: KeyRecord, usage: KeyUsage, operation: string): void {
  checkEnabled(record);
  if (record.usage === usage) return;
  throw invalidUsage(`${keyArn(record)} key usage is ${record.usage} which is not valid for ${operation}.`);
}

export function specOf({ spec }: KeyRecord): KeySpec {
  const known = KEY_SPECS[spec];
  if (known === undefined) throw new Error(`${spec} is no key spec`);
  return known;
}

/** The material that new ciphertexts and signatures are made with. */
export function currentMaterial({ materials, id }: KeyRecord): KeyMaterial {
  const material = materials.at(-1);
  if (material === undefined) throw new Error(`the key ${id} has no material`);
  return material;
}

/** The bytes of an operation's `KeyMaterialId`, which only symmetric keys have. */
export function materialId(record: KeyRecord): string | undefined {
  return record.spec === 'SYMMETRIC_DEFAULT' ? currentMaterial(record).id : undefined;
}
