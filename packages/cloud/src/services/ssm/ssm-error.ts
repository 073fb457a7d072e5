import { AwsError } from '../../core/aws-error.js';

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** AWS sends no message with it, but for references to secrets. */
export function parameterNotFound(name = ''): AwsError {
  const secret = name.startsWith('/aws/reference/secretsmanager/');
  const message = `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret ${name} not found.`;
  return new AwsError('ParameterNotFound', secret ? message : '');
}

export function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The specified token is not valid.');
}
