import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { validationError } from '../engine/errors.js';

export interface ResourceInput {
  readonly ResourceArn: string;
}

/** The member of operations that name a table by its ARN. */
export const ResourceArn = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 1283,
};

const TABLE_ARN = /^arn:[^:]+:dynamodb:([^:]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})$/;

export const noSuchResource = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);

/** The name of the table that an ARN is of. Throws in AWS's words. */
export function tableNameOf(arn: string, call: Call): string {
  const [, region, account, name] = TABLE_ARN.exec(arn) ?? [];
  if (name === undefined) throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  if (region !== call.region || account !== call.account) throw noSuchResource(arn);
  return name;
}
