import { AwsError } from '../../core/aws-error.js';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, 409);
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, 404);
export const invalidToken = (): AwsError => invalid('Invalid NextToken.');
