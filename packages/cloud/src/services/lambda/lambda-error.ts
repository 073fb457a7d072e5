import { AwsError } from '../../core/aws-error.js';

/** An error that Lambda says the caller made. */
export function userError(code: string, message: string, status = 400): AwsError {
  return new AwsError(code, message, status, { Type: 'User' });
}

/** The error for a parameter of the wrong kind or value. */
export function invalidParameter(message: string): AwsError {
  return userError('InvalidParameterValueException', message);
}

export function notFound(message = 'The resource you requested does not exist.'): AwsError {
  return userError('ResourceNotFoundException', message, 404);
}

export function conflict(message: string): AwsError {
  return userError('ResourceConflictException', message, 409);
}

/** The error for a `Marker` that does not come from the same list. */
export const invalidMarker = (): AwsError => invalidParameter('Invalid pagination token.');
