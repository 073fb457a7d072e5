import { AwsError } from '../../core/aws-error.js';

export { badRequest, unsupported } from '../execute-api/open-api/refusal.js';

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}
