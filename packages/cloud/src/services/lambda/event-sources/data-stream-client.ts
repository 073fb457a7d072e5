import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { readIterator } from '../../../kit/data-stream.js';
import type { Output } from '../../../model/client-types.js';
import { type FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import type { DataStreamRecord } from './data-stream-record.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import type { StreamClient, StreamItem, StreamShard, StreamShards } from './stream-client.js';
import { unreadable } from './stream-settings.js';

const HOUR = 3600_000;

type Shard = NonNullable<NonNullable<Output<'kinesis', 'DescribeStream'>['StreamDescription']>['Shards']>[number];
type KinesisRecord = NonNullable<Output<'kinesis', 'GetRecords'>['Records']>[number];

const isOpen = ({ SequenceNumberRange }: Shard): boolean => SequenceNumberRange?.EndingSequenceNumber === undefined;

/** A Kinesis data stream. */
export class DataStreamClient implements StreamClient<DataStreamRecord> {
  readonly #calls: RoleCalls;
  readonly #mapping: Pick<EventSourceMapping, 'eventSourceArn' | 'region'>;
  readonly #reading: StreamReading;

  constructor(context: CloudContext, mapping: EventSourceMapping, reading: StreamReading) {
    this.#calls = new RoleCalls(context);
    this.#mapping = mapping;
    this.#reading = reading;
  }

  async shards(role: FunctionRole): Promise<StreamShards> {
    const { shards, retention } = await this.#describe(role);
    return { shards: this.#wanted(shards), retention };
  }

  async open(role: FunctionRole, shardId: string, after: string | undefined): Promise<string> {
    const { startingPosition, startTime, starts } = this.#reading;
    const from = after ?? starts?.[shardId];
    if (from !== undefined && from !== '') {
      return this.#iterator(role, shardId, {
        ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
        StartingSequenceNumber: from,
      });
    }
    return startingPosition === 'AT_TIMESTAMP' && startTime !== undefined
      ? this.#iterator(role, shardId, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(startTime) })
      : this.#iterator(role, shardId, { ShardIteratorType: 'TRIM_HORIZON' });
  }

  async read(role: FunctionRole, shardId: string, iterator: string, most: number, wait: number, signal: AbortSignal) {
    const input = { ShardIterator: iterator, Limit: most };
    const page = await this.#calls.call(role, 'kinesis', 'GetRecords', input, { wait, signal });
    const { Records = [], NextShardIterator }: Output<'kinesis', 'GetRecords'> = page;
    return { items: Records.map((record) => this.#itemOf(record, shardId, role)), iterator: NextShardIterator };
  }

  /**
   * Does once what reading takes, as Lambda does before it maps a stream to a function.
   * @returns for LATEST the sequence numbers behind which the shards begin that are open
   * @throws AwsError InvalidParameterValueException
   */
  async check(role: FunctionRole): Promise<StreamReading['starts']> {
    try {
      const { shards } = await this.#describe(role);
      const starts: Record<string, string> = {};
      for (const { ShardId = '' } of shards.filter(isOpen)) {
        const iterator = await this.#iterator(role, ShardId, { ShardIteratorType: 'LATEST' });
        await this.read(role, ShardId, iterator, 1, 0, AbortSignal.abort());
        starts[ShardId] = readIterator(iterator).sequence;
      }
      return this.#reading.startingPosition === 'LATEST' ? starts : undefined;
    } catch (error) {
      throw error instanceof AwsError ? unreadable(this.#mapping.eventSourceArn, error) : error;
    }
  }

  /** With LATEST, the shards that were open then, and those that came of them. */
  #wanted(shards: readonly Shard[]): readonly StreamShard[] {
    const { startingPosition, starts = {} } = this.#reading;
    const wanted = new Set<string>(Object.keys(starts));
    const found: StreamShard[] = [];
    for (const { ShardId: id = '', ParentShardId, AdjacentParentShardId } of shards) {
      const parents = [ParentShardId, AdjacentParentShardId].flatMap((parent) => parent ?? []);
      if (startingPosition === 'LATEST' && !wanted.has(id) && !parents.some((parent) => wanted.has(parent))) continue;
      wanted.add(id);
      found.push({ id, parents });
    }
    return found;
  }

  #itemOf(
    { SequenceNumber: sequence = '', PartitionKey: key = '', Data, ApproximateArrivalTimestamp }: KinesisRecord,
    shardId: string,
    { roleArn }: FunctionRole,
  ): StreamItem<DataStreamRecord> {
    const data = Data ?? new Uint8Array();
    const arrival = ApproximateArrivalTimestamp?.getTime() ?? 0;
    const record: DataStreamRecord = {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: key,
        sequenceNumber: sequence,
        data: Buffer.from(data).toString('base64'),
        approximateArrivalTimestamp: arrival / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${sequence}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: roleArn,
      awsRegion: this.#mapping.region,
      eventSourceARN: this.#mapping.eventSourceArn,
    };
    return { record, sequence, key, bytes: data.length, arrival };
  }

  async #describe(role: FunctionRole): Promise<{ readonly shards: readonly Shard[]; readonly retention: number }> {
    const shards: Shard[] = [];
    for (;;) {
      const input = { StreamARN: this.#mapping.eventSourceArn, ExclusiveStartShardId: shards.at(-1)?.ShardId };
      const answer: Output<'kinesis', 'DescribeStream'> = await this.#calls.call(
        role,
        'kinesis',
        'DescribeStream',
        input,
      );
      const { Shards = [], HasMoreShards, RetentionPeriodHours = 24 } = answer.StreamDescription ?? {};
      shards.push(...Shards);
      if (!HasMoreShards) return { shards, retention: RetentionPeriodHours * HOUR };
    }
  }

  async #iterator(role: FunctionRole, ShardId: string, place: object): Promise<string> {
    const input = { StreamARN: this.#mapping.eventSourceArn, ShardId, ...place };
    return (await this.#calls.call(role, 'kinesis', 'GetShardIterator', input)).ShardIterator;
  }
}
