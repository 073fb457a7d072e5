import { defined } from '../../../core/defined.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { parseShardId, shardOutput } from '../streams/shard.js';
import { STREAM_LIMITS, streamArn } from '../streams/stream-name.js';
import { openShards, type StreamRecord, shardsOf } from '../streams/stream-record.js';
import { withStream } from './stream-input.js';

const MOST_SHARDS = 100;
const SHARD_LIMITS = { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ };

function described(stream: StreamRecord) {
  const { keyId } = stream;
  return {
    StreamName: stream.name,
    StreamARN: streamArn(stream),
    StreamStatus: 'ACTIVE' as const,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(Math.floor(stream.created / 1000) * 1000),
    EnhancedMonitoring: [{ ShardLevelMetrics: stream.metrics as [] }],
    EncryptionType: keyId === undefined ? ('NONE' as const) : ('KMS' as const),
    ...defined({ KeyId: keyId }),
  };
}

export const describeStream = kinesisOperation({
  name: 'DescribeStream',
  limits: { ...STREAM_LIMITS, Limit: { min: 1, max: 10_000 }, ExclusiveStartShardId: SHARD_LIMITS },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'DescribeStream')],
  handle: ({ stream: name, Limit = MOST_SHARDS, ExclusiveStartShardId }, _call, { context, streams }) => {
    const stream = streams.get(name);
    const after = ExclusiveStartShardId === undefined ? -1 : (parseShardId(ExclusiveStartShardId) ?? -1);
    const all = shardsOf(stream, context.now()).filter(({ number }) => number > after);
    const shown = all.slice(0, Math.min(Limit, MOST_SHARDS));
    return {
      StreamDescription: {
        ...described(stream),
        Shards: shown.map(shardOutput),
        HasMoreShards: shown.length < all.length,
      },
    };
  },
});

export const describeStreamSummary = kinesisOperation({
  name: 'DescribeStreamSummary',
  limits: STREAM_LIMITS,
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'DescribeStreamSummary')],
  handle: ({ stream: name }, _call, { streams, consumers }) => {
    const stream = streams.get(name);
    const { warmMiBps } = stream;
    return {
      StreamDescriptionSummary: {
        ...described(stream),
        OpenShardCount: openShards(stream).length,
        ConsumerCount: consumers.list(stream).length,
        MaxRecordSizeInKiB: stream.maxRecordKiB,
        ...(warmMiBps !== undefined && { WarmThroughput: { TargetMiBps: warmMiBps, CurrentMiBps: warmMiBps } }),
      },
    };
  },
});
