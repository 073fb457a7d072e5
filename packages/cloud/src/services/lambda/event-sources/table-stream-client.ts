import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { STREAM_RETENTION_MILLISECONDS, type StreamRecord, shardPosition } from '../../../kit/table-stream.js';
import { type FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import type { StreamReading } from './event-source-mapping.js';
import type { StreamClient, StreamItem, StreamShards } from './stream-client.js';
import { unreadable } from './stream-settings.js';
import { type StreamEventRecord, streamEventRecord } from './table-stream-record.js';

/** The stream of a table. It has one shard here, as tables have one partition. */
export class TableStreamClient implements StreamClient<StreamEventRecord> {
  readonly #calls: RoleCalls;
  readonly #arn: string;
  readonly #startAfter: string;
  /** The attribute whose values keep their order. */
  #partitionKey: string | undefined;

  /** @param startAfter the sequence number behind which a new mapping begins; empty for the oldest record */
  constructor(context: CloudContext, arn: string, startAfter = '') {
    this.#calls = new RoleCalls(context);
    this.#arn = arn;
    this.#startAfter = startAfter;
  }

  async shards(role: FunctionRole): Promise<StreamShards> {
    const id = await this.#describe(role);
    return { shards: [{ id, parents: [] }], retention: STREAM_RETENTION_MILLISECONDS };
  }

  open(role: FunctionRole, shardId: string, after: string = this.#startAfter): Promise<string> {
    const place =
      after === ''
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    return this.#iterator(role, shardId, place);
  }

  async read(role: FunctionRole, _shardId: string, iterator: string, most: number, wait: number, signal: AbortSignal) {
    const input = { ShardIterator: iterator, Limit: most };
    const { Records, NextShardIterator } = await this.#calls.call(role, 'dynamodb', 'GetRecords', input, {
      wait,
      signal,
    });
    const items = Records.map((each: StreamRecord) => this.#itemOf(streamEventRecord(each, this.#arn)));
    return { items, iterator: NextShardIterator };
  }

  #itemOf(record: StreamEventRecord): StreamItem<StreamEventRecord> {
    const { Keys, SequenceNumber, SizeBytes, ApproximateCreationDateTime } = record.dynamodb;
    return {
      record,
      sequence: SequenceNumber,
      key: JSON.stringify(this.#partitionKey === undefined ? Keys : Keys[this.#partitionKey]),
      bytes: SizeBytes,
      arrival: ApproximateCreationDateTime * 1000,
    };
  }

  /**
   * Does once what reading takes, as Lambda does before it maps a stream to a function. ListStreams, which Lambda's
   * message names, is not needed: the stream is known.
   * @returns the sequence number behind which the starting position is
   * @throws AwsError InvalidParameterValueException
   */
  async check(role: FunctionRole, position: StreamReading['startingPosition']): Promise<string> {
    try {
      const shardId = await this.#describe(role);
      const iterator = await this.#iterator(role, shardId, { ShardIteratorType: position });
      await this.read(role, shardId, iterator, 1, 0, AbortSignal.abort());
      return position === 'LATEST' ? shardPosition(iterator).from : '';
    } catch (error) {
      throw error instanceof AwsError ? unreadable(this.#arn, error) : error;
    }
  }

  async #describe(role: FunctionRole): Promise<string> {
    const { StreamDescription } = await this.#calls.call(role, 'dynamodb', 'DescribeStream', { StreamArn: this.#arn });
    this.#partitionKey = StreamDescription.KeySchema[0].AttributeName;
    return StreamDescription.Shards[0].ShardId;
  }

  async #iterator(role: FunctionRole, ShardId: string, place: object): Promise<string> {
    const input = { StreamArn: this.#arn, ShardId, ...place };
    return (await this.#calls.call(role, 'dynamodb', 'GetShardIterator', input)).ShardIterator;
  }
}
