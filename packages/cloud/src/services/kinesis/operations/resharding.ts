import { anything } from '../../../core/access.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { mergeShards as merged, scaleShards, splitShard as split } from '../streams/resharding.js';
import { STREAM_LIMITS, streamArn } from '../streams/stream-name.js';
import { openShards } from '../streams/stream-record.js';
import { withStream } from './stream-input.js';

const SHARD = { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ };

export const splitShard = kinesisOperation({
  name: 'SplitShard',
  limits: { ...STREAM_LIMITS, ShardToSplit: SHARD, NewStartingHashKey: { pattern: /0|([1-9]\d{0,38})/ } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'SplitShard')],
  handle: ({ stream, ShardToSplit, NewStartingHashKey }, _call, { context, streams }) =>
    streams.change(stream, (before) => ({
      ...before,
      shards: split(before, ShardToSplit, NewStartingHashKey, context.now()),
    })),
});

export const mergeShards = kinesisOperation({
  name: 'MergeShards',
  limits: { ...STREAM_LIMITS, ShardToMerge: SHARD, AdjacentShardToMerge: SHARD },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'MergeShards')],
  handle: ({ stream, ShardToMerge, AdjacentShardToMerge }, _call, { context, streams }) =>
    streams.change(stream, (before) => ({
      ...before,
      shards: merged(before, ShardToMerge, AdjacentShardToMerge, context.now()),
    })),
});

export const updateShardCount = kinesisOperation({
  name: 'UpdateShardCount',
  limits: { ...STREAM_LIMITS, TargetShardCount: { min: 1 }, ScalingType: { values: ['UNIFORM_SCALING'] } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [row({ action: 'kinesis:UpdateShardCount', on: anything })],
  handle: async ({ stream, TargetShardCount }, _call, { context, streams }) => {
    const before = streams.get(stream);
    await streams.put({ ...before, shards: scaleShards(before, TargetShardCount, context.now()) });
    return {
      StreamName: before.name,
      StreamARN: streamArn(before),
      CurrentShardCount: openShards(before).length,
      TargetShardCount,
    };
  },
});
