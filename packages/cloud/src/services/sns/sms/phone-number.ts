import { AwsError } from '../../../core/aws-error.js';
import { invalidParameter } from '../sns-error.js';

/** E.164, with the separators that SNS takes. */
const NUMBER = /^\+?\d+(?:[-./ ]\d+)*$/;

/** @throws AwsError InvalidParameter for an endpoint that is no number */
export function checkSmsEndpoint(endpoint: string): void {
  if (!NUMBER.test(endpoint)) throw new AwsError('InvalidParameter', `Invalid SMS endpoint: ${endpoint}`);
}

/** @throws AwsError InvalidParameter */
export function checkPublishedNumber(number: string): void {
  if (!NUMBER.test(number)) throw invalidParameter(`PhoneNumber Reason: ${number} is not valid to publish to`);
}

/** The number alone, by which it is known. @throws AwsError InvalidParameter */
export function readNumber(number: string): string {
  if (!NUMBER.test(number)) throw invalidParameter('PhoneNumber Reason: input incorrectly formatted');
  return number.replace(/[-./ ]/g, '');
}
