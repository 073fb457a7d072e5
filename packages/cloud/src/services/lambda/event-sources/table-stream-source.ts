import { checkDestination } from '../asynchronous/destination.js';
import { roleOf } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import type { SourceKind } from './source-kind.js';
import { TableStreamClient } from './table-stream-client.js';
import { compileStreamPattern } from './table-stream-filter.js';
import { TableStreamPoller } from './table-stream-poller.js';

const ARN = /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/stream\/[\w:.-]+$/;

function readingOf({ eventSourceArn, stream }: EventSourceMapping): StreamReading {
  if (stream === undefined) throw new Error(`it is not said how to read ${eventSourceArn}`);
  return stream;
}

/** Streams of DynamoDB tables. */
export const tableStreamSource: SourceKind = {
  name: 'DynamoDB',
  taken: (arn, name) => `The event source arn (" ${arn} ") and function (" ${name} ") provided mapping already exists.`,
  isArn: (arn) => ARN.test(arn),
  defaults: {
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
  },
  checkSettings: ({ stream, eventSourceArn }) => {
    if (stream === undefined) {
      throw invalidParameter(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      );
    }
    if (stream.startingPosition === 'AT_TIMESTAMP') {
      throw invalidParameter(`Unsupported starting position for arn type: ${eventSourceArn}`);
    }
    if (stream.maxAge !== -1 && stream.maxAge < 60) {
      throw invalidParameter('MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.');
    }
    if (stream.onFailure !== undefined)
      checkDestination(stream.onFailure, ['sqs', 'sns', 's3'], 'an event source mapping');
  },
  compilePattern: compileStreamPattern,
  check: async (mapping, target, { context }) => {
    const reading = readingOf(mapping);
    const client = new TableStreamClient(context, mapping.eventSourceArn);
    const startAfter = await client.check(roleOf(target), reading.startingPosition);
    // Where the latest record was is said once.
    return { ...mapping, stream: { startAfter, ...reading } };
  },
  poll: (state, mapping, checkpoint, previous) =>
    new TableStreamPoller(state, mapping, readingOf(mapping), checkpoint, previous),
};
