import { AwsError } from '../../../core/aws-error.js';

/** CloudFormation's answer to a template or to parameters that it cannot accept. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
