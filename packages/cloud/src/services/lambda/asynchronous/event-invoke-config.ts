import { defined } from '../../../core/defined.js';
import type { Input, Output } from '../../../model/client-types.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';
import type { EventInvokeConfig } from '../functions/function-record.js';
import { invalidParameter } from '../lambda-error.js';
import { type DestinationKind, isDestination } from './destination.js';

/** The defaults ("Asynchronous invocation" of the Lambda developer guide). */
export const MOST_RETRIES = 2;
export const OLDEST_EVENT = 21_600;

const DESTINATION = {
  max: 350,
  pattern:
    // biome-ignore lint/complexity/noUselessEscapeInRegex: messages show the pattern as AWS writes it
    /$|kafka:\/\/([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)/,
};

export const CONFIG_LIMITS = {
  MaximumRetryAttempts: { min: 0, max: MOST_RETRIES },
  MaximumEventAgeInSeconds: { min: 60, max: OLDEST_EVENT },
  DestinationConfig: {
    members: {
      OnSuccess: { members: { Destination: DESTINATION } },
      OnFailure: { members: { Destination: DESTINATION } },
    },
  },
};

type ConfigInput = Omit<Input<'lambda', 'PutFunctionEventInvokeConfig'>, 'FunctionName' | 'Qualifier'>;

const WHOLE: readonly DestinationKind[] = ['sqs', 'sns', 'lambda', 'events'];

function checkDestination(arn: string, kinds: readonly DestinationKind[]): void {
  if (isDestination(arn, kinds)) return;
  throw invalidParameter(
    `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${arn}), onFailure=null) is invalid.`,
  );
}

/** The settings of an input: only those that it has. @throws AwsError InvalidParameterValueException */
export function parseEventInvokeConfig(input: ConfigInput): Omit<EventInvokeConfig, 'modified'> {
  const { MaximumRetryAttempts: maxRetries, MaximumEventAgeInSeconds: maxAge, DestinationConfig: destinations } = input;
  const onSuccess = destinations?.OnSuccess?.Destination;
  const onFailure = destinations?.OnFailure?.Destination;
  if (maxRetries === undefined && maxAge === undefined && destinations === undefined) {
    throw invalidParameter('You must specify at least one of error handling or destination setting.');
  }
  // Buckets are for failures alone.
  if (onSuccess !== undefined) checkDestination(onSuccess, WHOLE);
  if (onFailure !== undefined) checkDestination(onFailure, [...WHOLE, 's3']);
  return {
    ...defined({ maxRetries, maxAge, onSuccess, onFailure }),
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
