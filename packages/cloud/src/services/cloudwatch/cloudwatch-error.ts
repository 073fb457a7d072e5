import { AwsError } from '../../core/aws-error.js';
import { validationError } from '../../model/validate.js';

export const invalidCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message);
export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
export const invalidToken = (): AwsError => new AwsError('InvalidNextToken', 'Invalid token');
export const validation = (message: string): AwsError => new AwsError('ValidationError', message);
export const notFound = (): AwsError => new AwsError('ResourceNotFound', '', 404);

export const refuseInput = validationError('ValidationError');
