import { AwsError } from '../../../core/aws-error.js';

/** An error of API Gateway's import, in its words. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}

/** An error for a feature that API Gateway has and this gateway does not support yet; it names the feature. */
export function unsupported(what: string): AwsError {
  return badRequest(`${what}: not supported by the local API Gateway`);
}
