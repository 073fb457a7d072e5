import type { Input, Output } from '../../../model/client-types.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';
import type { EventInvokeConfig } from '../functions/function-record.js';
import { checkDestination } from './destination.js';

/** The defaults ("Asynchronous invocation" of the Lambda developer guide). */
export const MOST_RETRIES = 2;
export const OLDEST_EVENT = 21_600;

export const CONFIG_LIMITS = {
  MaximumRetryAttempts: { min: 0, max: MOST_RETRIES },
  MaximumEventAgeInSeconds: { min: 60, max: OLDEST_EVENT },
};

type ConfigInput = Omit<Input<'lambda', 'PutFunctionEventInvokeConfig'>, 'FunctionName' | 'Qualifier'>;

/** The settings of an input: only those that it has. @throws AwsError InvalidParameterValueException */
export function parseEventInvokeConfig(input: ConfigInput): Omit<EventInvokeConfig, 'modified'> {
  const { MaximumRetryAttempts: maxRetries, MaximumEventAgeInSeconds: maxAge, DestinationConfig: destinations } = input;
  const onSuccess = destinations?.OnSuccess?.Destination;
  const onFailure = destinations?.OnFailure?.Destination;
  for (const arn of [onSuccess, onFailure]) {
    if (arn !== undefined) checkDestination(arn, ['sqs', 'sns', 'lambda'], 'asynchronous invocations');
  }
  return {
    ...(maxRetries !== undefined && { maxRetries }),
    ...(maxAge !== undefined && { maxAge }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
  };
}

/** A configuration as the API answers it. */
export function eventInvokeConfiguration(
  reference: FunctionReference,
  qualifier: string,
  { modified, maxRetries, maxAge, onSuccess, onFailure }: EventInvokeConfig,
): Output<'lambda', 'GetFunctionEventInvokeConfig'> {
  return {
    LastModified: new Date(modified),
    FunctionArn: functionArn({ ...reference, qualifier }),
    MaximumRetryAttempts: maxRetries,
    MaximumEventAgeInSeconds: maxAge,
    DestinationConfig: { OnSuccess: { Destination: onSuccess }, OnFailure: { Destination: onFailure } },
  };
}
