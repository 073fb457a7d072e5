import { AwsError } from '../../../core/aws-error.js';
import { conflict, userError } from '../lambda-error.js';
import type { FunctionReference } from './function-name.js';
import type { FunctionRecord } from './function-record.js';

export const noProvisionedConcurrency = (): AwsError =>
  userError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
  );

export function provisionedSum({ provisioned = {} }: FunctionRecord): number {
  return Object.values(provisioned).reduce((sum, { requested }) => sum + requested, 0);
}

/** True if environments are kept ready for a version, by its number or by an alias that points to it. */
export function isProvisioned({ aliases, provisioned }: FunctionRecord, version: string): boolean {
  if (provisioned === undefined) return false;
  return version in provisioned || aliases.some((alias) => alias.version === version && alias.name in provisioned);
}

/** AWS tells of limits of the account without saying that the user is to blame. */
export const limitExceeded = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Throws where both an alias and the version to which it points would have environments. */
export function checkOverlap(
  { aliases, provisioned = {} }: FunctionRecord,
  { qualifier = '' }: FunctionReference,
): void {
  const alias = aliases.find(({ name }) => name === qualifier);
  if (alias && provisioned[alias.version]) {
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
  }
  if (aliases.some(({ name, version }) => version === qualifier && provisioned[name])) {
    throw conflict('Version is pointed by a Provisioned Concurrency alias');
  }
}
