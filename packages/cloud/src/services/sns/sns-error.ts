import { AwsError } from '../../core/aws-error.js';
import { type Refusal, validationError } from '../../model/validate.js';

const invalidInput = validationError('ValidationError');

/** The error of SNS for input that is not as the model has it. */
export const refuseInput: Refusal = (violations) => {
  const [{ name, missing } = { name: '', missing: false }] = violations;
  // It is the one parameter that SNS itself looks for.
  if (missing && name === 'SubscriptionArn') return invalidParameter(`${name} Reason: no value for required parameter`);
  return invalidInput(violations);
};

/** SNS says `Invalid parameter: ` and which. */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

/** AWS's error for a message attribute. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}

const KMS_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KMSAccessDenied',
  DisabledException: 'KMSDisabled',
  KMSInvalidStateException: 'KMSInvalidState',
  NotFoundException: 'KMSNotFound',
};

/** SNS's error for one of KMS. */
export function keyError({ code, message }: AwsError): AwsError {
  return new AwsError(KMS_ERRORS[code] ?? code, message);
}

export function topicNotFound(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist', 404);
}

export function subscriptionNotFound(): AwsError {
  return new AwsError('NotFound', 'Subscription does not exist', 404);
}
