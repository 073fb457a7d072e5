import { AwsError } from '../../../core/aws-error.js';

/** What API Gateway's import does not take, in its words. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}

/** What API Gateway takes and this gateway does not do; named, so that nobody takes it for done. */
export function unsupported(what: string): AwsError {
  return badRequest(`${what}: not supported by the local API Gateway`);
}
