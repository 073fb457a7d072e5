import { checkStream } from '#parts/tooling';
import { notTime } from '../errors/records.js';
import { RecordRefused } from './record-refused.js';
import type { StreamOptions } from './stream-options.js';

/**
 * The complete options, as in the inventory.
 * @param declare the function with which the app declares the source
 * @throws DeclarationError for options that Lambda does not accept
 */
export function streamOptions(declare: Function, options: StreamOptions = {}): StreamOptions {
  checkStream(declare, options);
  return { startingPosition: 'TRIM_HORIZON', bisectBatchOnError: true, ...options };
}

/** Records of a stream are in order, and Lambda continues from the first that failed. */
export const STREAM_ORDER = 'stream';

/**
 * Streams give time in seconds with a fraction.
 * @throws RecordRefused for an invalid time
 */
export function timeOf(seconds: number): Date {
  const time = new Date(Math.round(seconds * 1000));
  if (Number.isNaN(time.getTime())) throw new RecordRefused(notTime(seconds));
  return time;
}
