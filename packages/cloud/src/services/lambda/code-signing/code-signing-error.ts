import { AwsError } from '../../../core/aws-error.js';
import { userError } from '../lambda-error.js';

/** AWS's error of the operations on configurations. */
export function configurationNotFound(arn: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `The Lambda code signing configuration ${arn} can not be found.`,
    404,
  );
}

/** AWS's error where a function is to have one. */
export function signingConfigurationNotFound(arn: string): AwsError {
  return userError(
    'CodeSigningConfigNotFoundException',
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
    404,
  );
}
