import { AwsError } from '../../../core/aws-error.js';

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
