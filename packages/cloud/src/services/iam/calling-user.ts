import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/operation.js';

/**
 * The user that an operation is about: the one that the input names, else the caller itself.
 * @throws AwsError ValidationError where the caller is no user
 */
export function callingUser(name: string | undefined, { principal }: Call): string {
  if (name !== undefined) return name;
  if (principal.kind === 'user') return principal.userName;
  throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
}
