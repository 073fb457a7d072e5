import type { Place } from '../../../kit/data-stream.js';
import { notFound } from '../kinesis-error.js';
import { pageFrom } from '../records/shard-page.js';
import { placeOf } from '../records/starting-place.js';
import { type KinesisState, kinesisOperation, onConsumerOf } from '../service-state.js';
import type { NumberedShard } from '../streams/shard.js';
import { requireConsumer } from '../streams/stream-name.js';
import type { StreamRecord } from '../streams/stream-record.js';

/** Milliseconds after which a subscription ends; the consumer subscribes again ("SubscribeToShard"). */
const LIFETIME = 5 * 60_000;
/** Milliseconds after which an event without records says that there are none. */
const SILENCE = 5_000;
const MOST_RECORDS = 1_000;

const POSITIONS = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'];

/** The records of a shard as they come, until the subscription ends, its client goes or the shard has ended. */
async function* eventsOf(
  { id, ...name }: StreamRecord,
  { number }: NumberedShard,
  from: Place,
  { context, streams }: KinesisState,
  signal: AbortSignal | undefined,
) {
  const until = context.now() + LIFETIME;
  let place: Place | undefined = from;
  while (place !== undefined && !signal?.aborted && context.now() < until) {
    const stream: StreamRecord | undefined = streams.find(name);
    const shard = stream?.id === id ? stream.shards[number] : undefined;
    if (stream === undefined || shard === undefined) return;
    const log = streams.log(stream);
    const before = log.changes.count;
    const page = await pageFrom(stream, { ...shard, number }, place, MOST_RECORDS, log, context.now());
    const waits = page.records.length === 0 && page.next !== undefined;
    if (waits) await log.changes.since(before, Math.min(SILENCE, until - context.now()), signal);
    if (waits && log.changes.count !== before) continue;
    if (signal?.aborted) return;
    yield {
      SubscribeToShardEvent: {
        Records: page.records.map(({ sequence, partitionKey, data, time }) => ({
          SequenceNumber: sequence,
          ApproximateArrivalTimestamp: new Date(time),
          Data: data,
          PartitionKey: partitionKey,
          ...(stream.keyId !== undefined && { EncryptionType: 'KMS' as const }),
        })),
        ContinuationSequenceNumber: page.next?.sequence,
        MillisBehindLatest: page.behind,
        ...(page.children && {
          ChildShards: page.children.map((child) => ({ ...child, ParentShards: [...child.ParentShards] })),
        }),
      },
    };
    place = page.next;
  }
}

export const subscribeToShard = kinesisOperation({
  name: 'SubscribeToShard',
  limits: {
    ShardId: { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ },
    StartingPosition: { members: { Type: { values: POSITIONS } } },
  },
  parse: ({ ConsumerARN, ShardId, StartingPosition: { Type: type, SequenceNumber: sequence, Timestamp } }) => ({
    consumer: requireConsumer(ConsumerARN),
    shard: ShardId,
    start: { type, sequence, time: Timestamp?.getTime() },
  }),
  access: (row) => [onConsumerOf(row, 'SubscribeToShard', ({ consumer }) => consumer)],
  handle: async ({ consumer, shard: id, start }, call, state) => {
    const { context, streams, consumers } = state;
    const registered = consumers.get(consumer);
    const stream = streams.find(registered.stream);
    if (stream === undefined) throw notFound(`Stream ${registered.stream.name} not found.`);
    const { shard, place } = await placeOf(stream, id, start, streams.log(stream), context.now());
    return { EventStream: eventsOf(stream, shard, place, state, call.signal) };
  },
});
