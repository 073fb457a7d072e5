import { AwsError } from '../core/aws-error.js';

/*
 * Facts about Kinesis data streams that Kinesis, which keeps them, and Lambda, which reads them, share.
 */

/** A place in a shard: at a sequence number, or behind it. */
export interface Place {
  readonly sequence: string;
  readonly behind: boolean;
}

/** The place in a shard that an iterator represents. */
export interface ShardPosition extends Place {
  readonly arn: string;
  /** The id of the stream: an iterator of an earlier stream of the same name is of no use. */
  readonly id: string;
  readonly shard: number;
}

/** Milliseconds for which an iterator is good ("GetRecords"). */
const LIFETIME = 300_000;

type Fields = readonly [made: number, arn: string, id: string, shard: number, sequence: string, behind: 0 | 1];

/** @param now epoch milliseconds */
export function shardIterator({ arn, id, shard, sequence, behind }: ShardPosition, now: number): string {
  const fields: Fields = [now, arn, id, shard, sequence, behind ? 1 : 0];
  return Buffer.from(JSON.stringify(fields)).toString('base64');
}

function isFields(value: unknown): value is Fields {
  const kinds = ['number', 'string', 'string', 'number', 'string', 'number'];
  return Array.isArray(value) && value.length === kinds.length && kinds.every((kind, at) => typeof value[at] === kind);
}

function fieldsOf(iterator: string): Fields {
  try {
    // AWS takes an iterator in quotes as well, as shells leave them around it.
    const fields: unknown = JSON.parse(Buffer.from(iterator.replace(/^"|"$/g, ''), 'base64').toString());
    if (isFields(fields)) return fields;
  } catch {
    // Not an iterator of this cloud: reported below.
  }
  throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
}

/** `Thu Jan 22 01:22:02 UTC 2015` */
function printed(time: number): string {
  const [, weekday, day, month, year, clock] =
    /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(new Date(time).toUTCString()) ?? [];
  return `${weekday} ${month} ${day} ${clock} UTC ${year}`;
}

/** Reads an iterator, whether it is still good or not. @throws AwsError InvalidArgumentException */
export function readIterator(iterator: string): ShardPosition & { readonly made: number } {
  const [made, arn, id, shard, sequence, behind] = fieldsOf(iterator);
  return { made, arn, id, shard, sequence, behind: behind === 1 };
}

/** @throws AwsError ExpiredIteratorException */
export function checkAge(made: number, now: number): void {
  if (now - made <= LIFETIME) return;
  throw new AwsError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${printed(made)} while right now it is ${printed(now)} which is further in the future than the tolerated delay of ${LIFETIME} milliseconds.`,
  );
}
