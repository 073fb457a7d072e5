import { AwsError } from '../../core/aws-error.js';
import { validationError } from '../../model/validate.js';

/** The error of SNS for input that is not as the model has it. */
export const refuseInput = validationError('ValidationError');

/** SNS says `Invalid parameter: ` and which. */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

/** AWS's error for a message attribute. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}

export function topicNotFound(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist', 404);
}

export function subscriptionNotFound(): AwsError {
  return new AwsError('NotFound', 'Subscription does not exist', 404);
}
