import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';

export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgumentException', message);
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);
export const inUse = (message: string): AwsError => new AwsError('ResourceInUseException', message);
export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message);

export const invalidToken = (): AwsError => invalidArgument('NextToken is invalid.');

export const streamNotFound = ({ name, account }: Scope & { readonly name: string }): AwsError =>
  notFound(`Stream ${name} under account ${account} not found.`);
