import { AwsError } from '../../../core/aws-error.js';

/** What CloudFormation answers to a template or to parameters that it cannot accept. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
