import { AwsError } from '../../core/aws-error.js';

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message);
export const notAuthorized = (message: string): AwsError => new AwsError('NotAuthorizedException', message);
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);

export const noPool = (id: string): AwsError => notFound(`User pool ${id} does not exist.`);
export const noClient = (id: string): AwsError => notFound(`User pool client ${id} does not exist.`);
export const noGroup = (): AwsError => notFound('Group not found.');
export const noUser = (): AwsError => new AwsError('UserNotFoundException', 'User does not exist.');
export const wrongPassword = (): AwsError => notAuthorized('Incorrect username or password.');
export const invalidToken = (): AwsError => invalidParameter('Invalid pagination token.');

/** A feature that AWS has and this cloud has not. */
export const unsupported = (feature: string): AwsError =>
  invalidParameter(`The local cloud does not support ${feature} of user pools`);
