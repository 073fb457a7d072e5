import { AwsError } from '../../core/aws-error.js';

/** AWS's error for a parameter of the wrong kind or value. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
