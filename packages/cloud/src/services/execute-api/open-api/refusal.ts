import { AwsError } from '../../../core/aws-error.js';

/** An error of API Gateway's import, in its words. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}

/** The error for invalid mapping expressions or parameters. */
export function invalidMapping(expressions: readonly string[], what = 'expression'): AwsError {
  const errors = expressions.map((expression) => `Invalid mapping ${what} specified: ${expression}`).join(', ');
  return badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors}]`);
}

/** An error for a feature that API Gateway has and this gateway does not support yet; it names the feature. */
export function unsupported(what: string): AwsError {
  return badRequest(`${what}: not supported by the local API Gateway`);
}
