import { AwsError } from '../core/aws-error.js';

/** An error as an API may show it: anything that is not AWS's own is an InternalFailure that names what broke. */
export function asAwsError(error: Error): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalFailure', `The local cloud failed: ${error.message}`, 500);
}
