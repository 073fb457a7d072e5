import { AwsError } from '../../../core/aws-error.js';
import type { Item } from './items/attribute-value.js';

export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);

/** An attribute name that JavaScript objects can not hold safely: refused, never dropped. */
export const RESERVED_NAME = '__proto__';

export const reservedName = (): AwsError =>
  validationError(`The attribute name ${RESERVED_NAME} is not supported by the local cloud`);

/** Attributes may be nested 32 levels deep. */
export const tooDeep = (): AwsError => validationError('Nesting Levels have exceeded supported limits');

/** The answer of operations on items if the table does not exist. */
export const tableNotFound = (): AwsError => new AwsError('ResourceNotFoundException', 'Requested resource not found');

/** The answer of operations on tables if the table does not exist. */
export const noSuchTable = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);

/** @param item the item as it is, where ReturnValuesOnConditionCheckFailure asks for it */
export const conditionalCheckFailed = (item?: Item): AwsError =>
  new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, item ? { Item: item } : {});

/** The answer to an INSERT of an item that is there. */
export const duplicateItem = (): AwsError =>
  new AwsError('DuplicateItemException', 'Duplicate primary key exists in table');

/** Throws a finding of dynalite's checks, which is an Error with AWS's sentence. */
export function refuse(finding: Error | null | undefined): void {
  if (finding) throw validationError(finding.message);
}
