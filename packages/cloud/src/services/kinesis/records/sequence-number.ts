/** The facts that a sequence number contains. */
export interface Sequence {
  /** When the shard was created, in epoch milliseconds; whole seconds are kept. */
  readonly created: number;
  /** Which shard of the stream. */
  readonly shard: number;
  /** Ascends within the shard. */
  readonly index: bigint;
  /** When the record came in, in epoch milliseconds; whole seconds are kept. */
  readonly time: number;
}

/** The form of a sequence number that AWS has today. */
const VERSION = '2';
const LARGEST_INDEX = 0x7fff_ffff_ffff_ffffn;

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits);
const seconds = (milliseconds: number): string => hex(Math.max(0, Math.floor(milliseconds / 1000)), 9);

/**
 * A sequence number: 56 digits, so that their order as texts is that of the numbers. Within a shard it is the order of
 * the records.
 */
export function sequenceNumber({ created, shard, index, time }: Sequence): string {
  const digits = [
    VERSION,
    seconds(created),
    hex(shard, 1),
    hex(index, 16),
    '00',
    seconds(time),
    hex(shard, 8),
    VERSION,
  ];
  return BigInt(`0x${digits.join('')}`).toString();
}

/** The parts of a sequence number; undefined for other text. */
export function parseSequence(text: string): Sequence | undefined {
  if (!/^[1-9]\d{55}$/.test(text)) return undefined;
  const [, created, , index, , time, shard] =
    /^2([0-9a-f]{9})([0-9a-f])([0-7][0-9a-f]{15})([0-9a-f]{2})([0-9a-f]{9})([0-9a-f]{8})2$/.exec(
      BigInt(text).toString(16),
    ) ?? [];
  if (created === undefined || index === undefined || time === undefined || shard === undefined) return undefined;
  return {
    created: Number.parseInt(created, 16) * 1000,
    shard: Number.parseInt(shard, 16),
    index: BigInt(`0x${index}`),
    time: Number.parseInt(time, 16) * 1000,
  };
}

/** Where a shard begins: before every record of it. */
export const firstSequence = (created: number, shard: number): string =>
  sequenceNumber({ created, shard, index: 0n, time: created });

/** Where a shard ends: behind every record of it. */
export const lastSequence = (created: number, shard: number, time: number): string =>
  sequenceNumber({ created, shard, index: LARGEST_INDEX, time });

/**
 * The least index that a record of a moment gets. Indexes count in parts of milliseconds, so that they ascend over
 * restarts without a counter that is stored, and a time leads to a place.
 */
export const indexAt = (milliseconds: number): bigint => BigInt(Math.max(0, Math.floor(milliseconds))) << 16n;
