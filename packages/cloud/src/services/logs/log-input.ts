import { AwsError } from '../../core/aws-error.js';
import { type Page, pageOf } from '../../kit/page.js';
import { groupNameOf } from './log-arn.js';

/** Limits of the name of a log group. */
export const GROUP = { min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/ };
/** Limits of the name of a log stream. */
export const STREAM = { min: 1, max: 512, pattern: /[^:*]*/ };

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/**
 * The name of the group that an input gives by its name, or by an identifier: its name or ARN.
 * @throws AwsError ValidationException where it gives both, InvalidParameterException where it gives none
 */
export function groupOf(name: string | undefined, identifier: string | undefined): string {
  if (name !== undefined && identifier !== undefined) {
    const message = 'LogGroup name and LogGroup ARN are mutually exclusive parameters.';
    throw new AwsError('ValidationException', message);
  }
  if (identifier !== undefined) return groupNameOf(identifier);
  if (name !== undefined) return name;
  throw invalidParameter(
    "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
  );
}

/** One page of a list in the order of its keys. @param of the operation and its filters */
export function page<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { limit, token }: { readonly limit: number; readonly token: string | undefined },
  of: readonly unknown[],
): Page<T> {
  const refuse = () => invalidParameter('The specified nextToken is invalid.');
  return pageOf(all, { keyOf, limit, token, of, refuse });
}
