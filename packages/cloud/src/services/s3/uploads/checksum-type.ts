import type { ChecksumAlgorithm, ChecksumType } from '../objects/checksum.js';
import { s3Error } from '../s3-error.js';

/** The types that each algorithm may have for an upload in parts, the first by default. */
const TYPES: Record<ChecksumAlgorithm, readonly ChecksumType[]> = {
  CRC32: ['COMPOSITE', 'FULL_OBJECT'],
  CRC32C: ['COMPOSITE', 'FULL_OBJECT'],
  CRC64NVME: ['FULL_OBJECT'],
  SHA1: ['COMPOSITE'],
  SHA256: ['COMPOSITE'],
};

/**
 * The type of checksum that an upload in parts has.
 *
 * @throws AwsError InvalidRequest
 */
export function checksumTypeOf(
  algorithm: ChecksumAlgorithm | undefined,
  asked: string | undefined,
): ChecksumType | undefined {
  if (algorithm === undefined) {
    if (asked === undefined) return undefined;
    throw s3Error.invalidRequest(
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  if (asked === undefined) return TYPES[algorithm][0];
  if (asked !== 'FULL_OBJECT' && asked !== 'COMPOSITE') {
    throw s3Error.invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
  if (TYPES[algorithm].includes(asked)) return asked;
  throw s3Error.invalidRequest(
    `The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  );
}
