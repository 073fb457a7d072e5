import { roleOf } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import { DataStreamClient } from './data-stream-client.js';
import { compileDataPattern } from './data-stream-filter.js';
import type { DataStreamRecord } from './data-stream-record.js';
import type { SourceKind } from './source-kind.js';
import type { StreamKind } from './stream-client.js';
import { StreamPoller } from './stream-poller.js';
import { checkReading, readingOf, STREAM_DEFAULTS } from './stream-settings.js';

const ARN = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/;

const dataStreams: StreamKind<DataStreamRecord> = {
  client: (context, mapping, reading) => new DataStreamClient(context, mapping, reading),
  compilePattern: compileDataPattern,
  batchInfo: 'KinesisBatchInfo',
  timeText: (time) => new Date(time).toISOString(),
  hasOneShard: false,
};

/** Kinesis data streams. */
export const dataStreamSource: SourceKind = {
  name: 'Kinesis',
  taken: (arn, name) => `The event source arn (" ${arn} ") and function (" ${name} ") provided mapping already exists.`,
  isArn: (arn) => ARN.test(arn),
  defaults: { ...STREAM_DEFAULTS, StartingPositionTimestamp: undefined },
  checkSettings: (mapping) => {
    const { startingPosition, startTime } = checkReading(mapping);
    if (startingPosition === 'AT_TIMESTAMP' && startTime === undefined) {
      throw invalidParameter('StartingPositionTimestamp must be provided with the starting position AT_TIMESTAMP.');
    }
  },
  compilePattern: compileDataPattern,
  check: async (mapping, target, { context }) => {
    const reading = readingOf(mapping);
    const starts = await new DataStreamClient(context, mapping, reading).check(roleOf(target));
    // Where the latest records were is said once.
    return { ...mapping, stream: { ...(starts && { starts }), ...reading } };
  },
  poll: (state, mapping, checkpoint, previous) =>
    new StreamPoller(state, mapping, readingOf(mapping), dataStreams, checkpoint, previous),
};
