import { AwsError } from '../../core/aws-error.js';

/** What AWS says of a parameter that is of the wrong kind or value. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
