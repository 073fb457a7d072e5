import type { InputReader } from '../../core/input-reader.js';
import { checkDestination } from './destination.js';
import { type FunctionReference, functionArn } from './function-name.js';

/** The settings for asynchronous events of a function, version or alias. */
export interface EventInvokeConfig {
  readonly maxRetries?: number;
  /** Seconds */
  readonly maxAge?: number;
  /** ARNs */
  readonly onSuccess?: string;
  readonly onFailure?: string;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** The defaults ("Asynchronous invocation" of the Lambda developer guide). */
export const MOST_RETRIES = 2;
export const OLDEST_EVENT = 21_600;

/** The members of Put- and UpdateFunctionEventInvokeConfig: only those that are given. */
export function readEventInvokeConfig(input: InputReader): Omit<EventInvokeConfig, 'modified'> {
  const maxRetries = input.integer('MaximumRetryAttempts', { min: 0, max: MOST_RETRIES });
  const maxAge = input.integer('MaximumEventAgeInSeconds', { min: 60, max: OLDEST_EVENT });
  const destinations = input.structure('DestinationConfig');
  const [onSuccess, onFailure] = ['OnSuccess', 'OnFailure'].map((name) =>
    destinations?.structure(name)?.text('Destination'),
  );
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

/** A configuration as the API gives it. */
export function eventInvokeConfiguration(reference: FunctionReference, qualifier: string, config: EventInvokeConfig) {
  const { maxRetries, maxAge, onSuccess, onFailure } = config;
  return {
    LastModified: new Date(config.modified),
    FunctionArn: functionArn({ ...reference, qualifier }),
    ...(maxRetries !== undefined && { MaximumRetryAttempts: maxRetries }),
    ...(maxAge !== undefined && { MaximumEventAgeInSeconds: maxAge }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
