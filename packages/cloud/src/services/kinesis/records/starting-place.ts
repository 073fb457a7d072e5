import type { Place } from '../../../kit/data-stream.js';
import { invalidArgument, notFound } from '../kinesis-error.js';
import { type NumberedShard, parseShardId, shardId } from '../streams/shard.js';
import { type StreamRecord, shardsOf } from '../streams/stream-record.js';
import { firstSequence, parseSequence } from './sequence-number.js';
import type { StreamLog } from './stream-log.js';

/** Where to begin, as callers say it. */
export interface Start {
  readonly type: string;
  readonly sequence?: string | undefined;
  /** Epoch milliseconds. */
  readonly time?: number | undefined;
}

/** @throws AwsError ResourceNotFoundException */
function findShard(stream: StreamRecord, id: string, now: number): NumberedShard {
  const { name, account } = stream;
  const number = parseShardId(id);
  if (number === undefined) throw notFound(`Could not find shard ${id} in stream ${name} under account ${account}.`);
  const shard = shardsOf(stream, now).find((each) => each.number === number);
  if (shard) return shard;
  throw notFound(`Shard ${shardId(number)} in stream ${name} under account ${account} does not exist`);
}

/** @throws AwsError InvalidArgumentException for a number that is not of this shard */
function checkSequence(text: string, shard: NumberedShard, { name, account }: StreamRecord): void {
  const id = shardId(shard.number);
  const used = `StartingSequenceNumber ${text} used in GetShardIterator on shard ${id} in stream ${name} under account ${account} is invalid`;
  const sequence = parseSequence(text);
  if (sequence === undefined) throw invalidArgument(`${used}.`);
  if (sequence.shard !== shard.number) {
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(sequence.shard)}, while it was used in a call to a shard with ${id}`,
    );
  }
  if (sequence.created !== Math.floor(shard.created / 1000) * 1000) {
    throw invalidArgument(`${used} because it did not come from this stream.`);
  }
}

function refuseTogether({ type, sequence }: Start): never {
  const also = sequence === undefined ? 'no StartingSequenceNumber' : 'also a StartingSequenceNumber';
  throw invalidArgument(
    `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${also}.`,
  );
}

/**
 * The place in a shard where reading begins.
 *
 * @param now epoch milliseconds
 * @throws AwsError ResourceNotFoundException, InvalidArgumentException
 */
export async function placeOf(
  stream: StreamRecord,
  id: string,
  start: Start,
  log: StreamLog,
  now: number,
): Promise<{ readonly shard: NumberedShard; readonly place: Place }> {
  const shard = findShard(stream, id, now);
  const { type, sequence, time } = start;
  switch (type) {
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER':
      if (sequence === undefined) refuseTogether(start);
      checkSequence(sequence, shard, stream);
      return { shard, place: { sequence, behind: type === 'AFTER_SEQUENCE_NUMBER' } };
    case 'AT_TIMESTAMP':
      if (time === undefined) {
        throw invalidArgument(
          'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
        );
      }
      if (time > now) {
        throw invalidArgument(
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
        );
      }
      return { shard, place: log.placeAt(shard, time) };
    default:
      if (sequence !== undefined) refuseTogether(start);
      if (type === 'LATEST') return { shard, place: await log.latest(shard) };
      return { shard, place: { sequence: firstSequence(shard.created, shard.number), behind: false } };
  }
}
