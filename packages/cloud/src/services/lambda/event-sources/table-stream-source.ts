import { roleOf } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import type { SourceKind } from './source-kind.js';
import type { StreamKind } from './stream-client.js';
import { StreamPoller } from './stream-poller.js';
import { checkReading, readingOf, STREAM_DEFAULTS } from './stream-settings.js';
import { TableStreamClient } from './table-stream-client.js';
import { compileStreamPattern } from './table-stream-filter.js';
import type { StreamEventRecord } from './table-stream-record.js';

const ARN = /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/stream\/[\w:.-]+$/;

const tableStreams: StreamKind<StreamEventRecord> = {
  client: (context, { eventSourceArn }, { startAfter }) => new TableStreamClient(context, eventSourceArn, startAfter),
  compilePattern: compileStreamPattern,
  batchInfo: 'DDBStreamBatchInfo',
  // Without fractions, as AWS's examples have them.
  timeText: (time) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
  hasOneShard: true,
};

/** Streams of DynamoDB tables. */
export const tableStreamSource: SourceKind = {
  name: 'DynamoDB',
  taken: (arn, name) => `The event source arn (" ${arn} ") and function (" ${name} ") provided mapping already exists.`,
  isArn: (arn) => ARN.test(arn),
  // A time is refused with the position that it belongs to.
  defaults: { ...STREAM_DEFAULTS, StartingPositionTimestamp: undefined },
  checkSettings: (mapping) => {
    if (checkReading(mapping).startingPosition === 'AT_TIMESTAMP') {
      throw invalidParameter(`Unsupported starting position for arn type: ${mapping.eventSourceArn}`);
    }
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
    new StreamPoller(state, mapping, readingOf(mapping), tableStreams, checkpoint, previous),
};
