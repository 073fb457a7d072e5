import { shardIterator } from '../../../kit/data-stream.js';
import { placeOf } from '../records/starting-place.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { STREAM_LIMITS, streamArn } from '../streams/stream-name.js';
import { withStream } from './stream-input.js';

const TYPES = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'];

export const getShardIterator = kinesisOperation({
  name: 'GetShardIterator',
  limits: {
    ...STREAM_LIMITS,
    ShardId: { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ },
    ShardIteratorType: { values: TYPES },
    StartingSequenceNumber: { pattern: /0|([1-9]\d{0,128})/ },
  },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'GetShardIterator')],
  handle: async ({ stream: name, ShardId, ...start }, _call, { context, streams }) => {
    const stream = streams.get(name);
    const now = context.now();
    const { shard, place } = await placeOf(
      stream,
      ShardId,
      { type: start.ShardIteratorType, sequence: start.StartingSequenceNumber, time: start.Timestamp?.getTime() },
      streams.log(stream),
      now,
    );
    return {
      ShardIterator: shardIterator({ arn: streamArn(stream), id: stream.id, shard: shard.number, ...place }, now),
    };
  },
});
