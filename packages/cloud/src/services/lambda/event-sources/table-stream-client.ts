import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { type StreamRecord, shardPosition } from '../../../kit/table-stream.js';
import { type FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import type { StreamReading } from './event-source-mapping.js';
import { type StreamEventRecord, streamEventRecord } from './table-stream-record.js';

/** A stream that is being read. Streams have one shard here, as tables have one partition. */
export interface OpenStream {
  readonly shardId: string;
  /** The attribute whose values keep their order. */
  readonly partitionKey: string;
  readonly iterator: string;
}

/** A table's stream as Lambda reads it for one function: under the function's execution role, which has to be allowed to. */
export class TableStreamClient {
  readonly #calls: RoleCalls;
  readonly #arn: string;

  constructor(context: CloudContext, arn: string) {
    this.#calls = new RoleCalls(context);
    this.#arn = arn;
  }

  /** @param after the sequence number behind which to begin; empty for the oldest record that is kept */
  async open(role: FunctionRole, after: string): Promise<OpenStream> {
    const stream = await this.#describe(role);
    const place =
      after === ''
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    return { ...stream, iterator: await this.#iterator(role, stream.shardId, place) };
  }

  /**
   * Waits for the first record to come.
   * @param wait milliseconds
   * @returns no iterator where the stream has ended
   */
  async read(
    role: FunctionRole,
    iterator: string,
    most: number,
    wait: number,
    signal: AbortSignal,
  ): Promise<{ readonly records: readonly StreamEventRecord[]; readonly iterator: string | undefined }> {
    const input = { ShardIterator: iterator, Limit: most };
    const { Records, NextShardIterator } = await this.#calls.call(role, 'dynamodb', 'GetRecords', input, {
      wait,
      signal,
    });
    return {
      records: Records.map((each: StreamRecord) => streamEventRecord(each, this.#arn)),
      iterator: NextShardIterator,
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
      const { shardId } = await this.#describe(role);
      const iterator = await this.#iterator(role, shardId, { ShardIteratorType: position });
      await this.read(role, iterator, 1, 0, AbortSignal.abort());
      return position === 'LATEST' ? shardPosition(iterator).from : '';
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'AccessDeniedException') {
        throw invalidParameter(
          `Cannot access stream ${this.#arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. (${error.message})`,
        );
      }
      if (error.code === 'ResourceNotFoundException') throw invalidParameter(`Stream not found: ${this.#arn}`);
      throw error;
    }
  }

  async #describe(role: FunctionRole): Promise<Omit<OpenStream, 'iterator'>> {
    const { StreamDescription } = await this.#calls.call(role, 'dynamodb', 'DescribeStream', { StreamArn: this.#arn });
    return {
      shardId: StreamDescription.Shards[0].ShardId,
      partitionKey: StreamDescription.KeySchema[0].AttributeName,
    };
  }

  async #iterator(role: FunctionRole, ShardId: string, place: object): Promise<string> {
    const input = { StreamArn: this.#arn, ShardId, ...place };
    return (await this.#calls.call(role, 'dynamodb', 'GetShardIterator', input)).ShardIterator;
  }
}
