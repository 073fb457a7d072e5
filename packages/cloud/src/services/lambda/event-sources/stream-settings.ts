import type { AwsError } from '../../../core/aws-error.js';
import { checkDestination } from '../asynchronous/destination.js';
import { invalidParameter } from '../lambda-error.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import type { SettingsInput } from './source-kind.js';

/** The settings of a mapping of a stream, as far as they have defaults. */
export const STREAM_DEFAULTS: SettingsInput = {
  Enabled: true,
  StartingPosition: undefined,
  BatchSize: 100,
  MaximumBatchingWindowInSeconds: 0,
  FilterCriteria: {},
  FunctionResponseTypes: [],
  ParallelizationFactor: 1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  DestinationConfig: {},
};

export function readingOf({ eventSourceArn, stream }: EventSourceMapping): StreamReading {
  if (stream === undefined) throw new Error(`it is not said how to read ${eventSourceArn}`);
  return stream;
}

/** @throws AwsError InvalidParameterValueException where settings do not go together */
export function checkReading({ stream }: EventSourceMapping): StreamReading {
  if (stream === undefined) {
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (stream.maxAge !== -1 && stream.maxAge < 60) {
    throw invalidParameter('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.');
  }
  if (stream.onFailure !== undefined)
    checkDestination(stream.onFailure, ['sqs', 'sns', 's3'], 'an event source mapping');
  return stream;
}

/** AWS's words for a stream that Lambda looked at in vain. Other errors stay as they are. */
export function unreadable(arn: string, error: AwsError): AwsError {
  if (error.code === 'AccessDeniedException') {
    return invalidParameter(
      `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. (${error.message})`,
    );
  }
  return error.code === 'ResourceNotFoundException' ? invalidParameter(`Stream not found: ${arn}`) : error;
}
