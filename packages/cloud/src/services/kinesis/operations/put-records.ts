import { AwsError } from '../../../core/aws-error.js';
import { invalidArgument } from '../kinesis-error.js';
import { parseSequence } from '../records/sequence-number.js';
import type { NewRecord } from '../records/stream-log.js';
import { type KinesisState, kinesisOperation, onStream } from '../service-state.js';
import { hashKeyOf } from '../streams/hash-key.js';
import { shardId, takes } from '../streams/shard.js';
import { STREAM_LIMITS, type StreamName } from '../streams/stream-name.js';
import { openShards, type StreamRecord } from '../streams/stream-record.js';
import { withStream } from './stream-input.js';

/** Bytes of a request's records together ("PutRecords"). */
const MOST_BYTES = 10 * 1024 * 1024;

const RECORD_LIMITS = {
  PartitionKey: { min: 1, max: 256 },
  ExplicitHashKey: { pattern: /0|([1-9]\d{0,38})/ },
  Data: { max: MOST_BYTES },
};

interface Entry {
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
  readonly Data: Uint8Array;
}

const sizeOf = ({ PartitionKey = '', Data }: Entry): number => Buffer.byteLength(PartitionKey) + Data.length;

/** @throws AwsError InvalidArgumentException, ValidationException */
function recordOf(entry: Entry, stream: StreamRecord, shards: ReturnType<typeof openShards>): NewRecord {
  const { PartitionKey: partitionKey, ExplicitHashKey, Data: data } = entry;
  if (partitionKey === undefined) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null",
    );
  }
  const most = stream.maxRecordKiB * 1024;
  if (sizeOf(entry) > most) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    );
  }
  const key = hashKeyOf(partitionKey, ExplicitHashKey);
  const shard = shards.find((each) => takes(each, key));
  if (shard === undefined) throw new Error(`no shard of ${stream.name} takes the hash key ${key}`);
  return { shard, partitionKey, data };
}

/** Puts records in their order. @returns where each is */
async function put(name: StreamName, entries: readonly Entry[], { streams }: KinesisState) {
  const stream = streams.get(name);
  const shards = openShards(stream);
  const records = entries.map((entry) => recordOf(entry, stream, shards));
  const sequences = await streams.log(stream).put(records);
  const EncryptionType = stream.keyId === undefined ? undefined : ('KMS' as const);
  const Records = records.map(({ shard }, at) => ({
    ShardId: shardId(shard.number),
    SequenceNumber: sequences[at] ?? '',
  }));
  return { Records, EncryptionType };
}

export const putRecord = kinesisOperation({
  name: 'PutRecord',
  limits: { ...STREAM_LIMITS, ...RECORD_LIMITS, SequenceNumberForOrdering: { pattern: /0|([1-9]\d{0,128})/ } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'PutRecord')],
  handle: async ({ stream, SequenceNumberForOrdering: before, ...entry }, _call, state) => {
    if (before !== undefined) {
      const sequence = parseSequence(before);
      if (sequence === undefined || sequence.time > state.context.now()) {
        throw invalidArgument(
          `ExclusiveMinimumSequenceNumber ${before} used in PutRecord on stream ${stream.name} under account ${stream.account} is invalid.`,
        );
      }
    }
    const { Records, EncryptionType } = await put(stream, [entry], state);
    const [{ ShardId = '', SequenceNumber = '' } = {}] = Records;
    return { ShardId, SequenceNumber, EncryptionType };
  },
});

export const putRecords = kinesisOperation({
  name: 'PutRecords',
  limits: { ...STREAM_LIMITS, Records: { min: 1, max: 500, each: { members: RECORD_LIMITS } } },
  parse: (input, scope) => {
    const bytes = input.Records.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MOST_BYTES) throw invalidArgument(`Records size exceeds ${MOST_BYTES / 1024 / 1024} MB limit`);
    return withStream(input, scope);
  },
  access: (row) => [onStream(row, 'PutRecords')],
  handle: async ({ stream, Records: entries }, _call, state) => ({
    FailedRecordCount: 0,
    ...(await put(stream, entries, state)),
  }),
});
