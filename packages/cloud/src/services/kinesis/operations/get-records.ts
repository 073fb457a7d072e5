import type { Call } from '../../../core/operation.js';
import { checkAge, readIterator, type ShardPosition, shardIterator } from '../../../kit/data-stream.js';
import { notFound } from '../kinesis-error.js';
import { pageFrom } from '../records/shard-page.js';
import { type KinesisState, kinesisOperation, onStream } from '../service-state.js';
import { shardId } from '../streams/shard.js';
import { requireStream } from '../streams/stream-name.js';

const MAX_RECORDS = 10_000;

/** The page behind a position. Where there is nothing yet, it looks again when the stream was written to, until the time is up. */
async function awaitPage(position: ShardPosition, limit: number, call: Call, { context, streams }: KinesisState) {
  const name = requireStream(position.arn);
  const until = context.now() + (call.wait ?? 0);
  for (;;) {
    const stream = streams.find(name);
    const shard = stream?.id === position.id ? stream.shards[position.shard] : undefined;
    if (stream === undefined || shard === undefined) {
      throw notFound(
        `Shard ${shardId(position.shard)} in stream ${name.name} under account ${name.account} does not exist`,
      );
    }
    const log = streams.log(stream);
    const before = log.changes.count;
    const page = await pageFrom(stream, { ...shard, number: position.shard }, position, limit, log, context.now());
    const left = until - context.now();
    if (page.records.length > 0 || page.next === undefined || left <= 0 || call.signal?.aborted) {
      return { page, isEncrypted: stream.keyId !== undefined };
    }
    await log.changes.since(before, left, call.signal);
  }
}

export const getRecords = kinesisOperation({
  name: 'GetRecords',
  limits: { ShardIterator: { min: 1, max: 512 }, Limit: { min: 1, max: MAX_RECORDS } },
  parse: ({ ShardIterator, Limit = MAX_RECORDS }) => {
    const position = readIterator(ShardIterator);
    return { position, limit: Limit, stream: requireStream(position.arn) };
  },
  access: (row) => [onStream(row, 'GetRecords')],
  handle: async ({ position, limit }, call, state) => {
    const { now } = state.context;
    checkAge(position.made, now());
    const { page, isEncrypted } = await awaitPage(position, limit, call, state);
    return {
      Records: page.records.map(({ sequence, partitionKey, data, time }) => ({
        SequenceNumber: sequence,
        ApproximateArrivalTimestamp: new Date(time),
        Data: data,
        PartitionKey: partitionKey,
        ...(isEncrypted && { EncryptionType: 'KMS' as const }),
      })),
      NextShardIterator: page.next && shardIterator({ ...position, ...page.next }, now()),
      MillisBehindLatest: page.behind,
      ...(page.children && { ChildShards: page.children }),
    };
  },
});
