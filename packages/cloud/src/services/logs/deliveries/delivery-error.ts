import { AwsError } from '../../../core/aws-error.js';

/** @param what `Delivery Destination` */
export const noSuch = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested ${what} does not exist in this account.`);

export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
