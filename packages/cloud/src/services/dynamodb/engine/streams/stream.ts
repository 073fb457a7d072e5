import { AwsError } from '../../../../core/aws-error.js';
import type { Call } from '../../../../core/operation.js';
import { STREAM_RETENTION_MILLISECONDS, shardIterator, shardPosition } from '../../../../kit/table-stream.js';
import type { Partition } from '../partition.js';
import type { Table } from '../tables/table.js';
import { type StreamRecord, streamPrefix } from './stream-record.js';

/** Each stream is one shard: a table here is one partition. */
export const SHARD = 'shardId-00000000000000000000-00000001';

/** A table and one of its streams, by the stream's ARN: the one that is on, or the one that was last. */
export interface FoundStream {
  readonly table: Table;
  readonly stream: NonNullable<Table['stream']>;
}

const STREAM_ARN = /^arn:[^:]+:dynamodb:([^:]+):(\d{12}):table\/([^/]+)\/stream\/(.+)$/;

export async function findStream(partition: Partition, arn: string): Promise<FoundStream> {
  const [, region, account, name, label] = STREAM_ARN.exec(arn) ?? [];
  const table =
    name !== undefined && region === partition.region && account === partition.account
      ? await partition.findTable(name)
      : undefined;
  if (!table?.stream || table.stream.label !== label) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  }
  return { table, stream: table.stream };
}

export function newIterator(partition: Partition, arn: string, from: string, behind: boolean): string {
  return shardIterator({ arn, from, behind }, partition.now());
}

/** The ARN of the stream an iterator belongs to, without looking further. */
export const streamOfIterator = (iterator: string): string => shardPosition(iterator).arn;

const MAX_BYTES = 1024 * 1024;

/** The answer of GetRecords. */
export interface RecordsPage {
  readonly Records: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}

/** As `readRecords`; where there is nothing yet, it looks again when the table was written to, until the time is up. */
export async function awaitRecords(
  partition: Partition,
  iterator: string,
  limit: number,
  { wait = 0, signal }: Pick<Call, 'wait' | 'signal'>,
): Promise<RecordsPage> {
  const [, , , name = ''] = STREAM_ARN.exec(streamOfIterator(iterator)) ?? [];
  const changes = partition.streamChanges(name);
  const until = partition.now() + wait;
  for (;;) {
    const before = changes.count;
    const page = await readRecords(partition, iterator, limit);
    const left = until - partition.now();
    const isEmpty = page.Records.length === 0 && page.NextShardIterator !== undefined;
    if (!isEmpty || left <= 0 || signal?.aborted) return page;
    await changes.since(before, left, signal);
  }
}

/** Records from an iterator on, and the iterator behind them: none at the end of a stream that is off. */
async function readRecords(partition: Partition, iterator: string, limit: number): Promise<RecordsPage> {
  const { arn, from, behind, expires } = shardPosition(iterator);
  if (expires < partition.now()) {
    throw new AwsError('ExpiredIteratorException', 'The shard iterator has expired');
  }
  const { table, stream } = await findStream(partition, arn);
  const prefix = streamPrefix(table, stream.label);
  const oldest = oldestSequence(partition);
  if (behind && from !== '' && from < oldest && (await partition.area.get(prefix + from)) === undefined) {
    throw new AwsError('TrimmedDataAccessException', 'The requested sequence number is no longer available');
  }
  const start = from < oldest ? { gte: prefix + oldest } : behind ? { gt: prefix + from } : { gte: prefix + from };
  const Records: StreamRecord[] = [];
  let bytes = 0;
  let last = from;
  let atEnd = true;
  for await (const [, record] of partition.area.range<StreamRecord>({ ...start, lt: `${prefix}~`, limit: limit + 1 })) {
    if (Records.length === limit || bytes > MAX_BYTES) {
      atEnd = false;
      break;
    }
    Records.push(record);
    bytes += record.dynamodb.SizeBytes;
    last = record.dynamodb.SequenceNumber;
  }
  if (atEnd && !stream.StreamEnabled) return { Records };
  const wasRead = Records.length > 0;
  return { Records, NextShardIterator: newIterator(partition, arn, last, wasRead || behind) };
}

/** Records older than a day are gone, whether or not the sweep has been. */
export function oldestSequence(partition: Partition): string {
  return partition.sequenceAt(partition.now() - STREAM_RETENTION_MILLISECONDS);
}

/** The first sequence number that a stream still has; undefined where it has none. */
export async function firstSequence(partition: Partition, { table, stream }: FoundStream): Promise<string | undefined> {
  const prefix = streamPrefix(table, stream.label);
  const range = { gte: prefix + oldestSequence(partition), lt: `${prefix}~`, limit: 1 };
  for await (const [key] of partition.area.range(range)) return key.slice(prefix.length);
  return undefined;
}

/** Where LATEST is: behind everything that is there now. */
export async function lastSequence(partition: Partition, { table, stream }: FoundStream): Promise<string> {
  const prefix = streamPrefix(table, stream.label);
  for await (const [key] of partition.area.range({ gte: prefix, lt: `${prefix}~`, reverse: true, limit: 1 })) {
    return key.slice(prefix.length);
  }
  return '';
}
