import { AwsError } from '../../../core/aws-error.js';
import type { ObjectRecord } from './object-record.js';

export interface ByteRange {
  readonly start: number;
  /** Not among them. */
  readonly end: number;
}

/**
 * `Range: bytes=…` (RFC 9110, 14.1.2). S3 serves one range; several, or what is no range, are as none.
 *
 * @throws AwsError InvalidRange
 */
export function parseRange(text: string | undefined, size: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(Number(to) + 1, size);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (start >= size || (from === '' && Number(to) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: text,
      ActualObjectSize: size,
    });
  }
  return { start, end };
}

/**
 * The bytes of a part. An object that was not uploaded in parts has one.
 *
 * @throws AwsError InvalidPartNumber
 */
export function partRange({ segments, partCount = 1, size }: ObjectRecord, number: number): ByteRange {
  if (number < 1 || number > partCount) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
      PartNumberRequested: number,
      ActualPartCount: partCount,
    });
  }
  if (partCount === 1) return { start: 0, end: size };
  const start = segments.slice(0, number - 1).reduce((sum, segment) => sum + segment.size, 0);
  return { start, end: start + (segments[number - 1]?.size ?? 0) };
}
