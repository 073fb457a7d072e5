import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { Members } from '../../../core/members.js';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, checksumMember, checksumOf, parseAlgorithm } from './checksum.js';

/** Headers in which the uploader says what the body's checksum is. */
export const CHECKSUM_HEADERS: Readonly<Record<string, string>> = {
  'content-md5': 'ContentMD5',
  'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
  ...Object.fromEntries(
    CHECKSUM_ALGORITHMS.map((algorithm) => [`x-amz-checksum-${algorithm.toLowerCase()}`, checksumMember(algorithm)]),
  ),
};

export interface BodyClaims {
  readonly md5: string | undefined;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** The algorithm to compute if no value was given. */
  readonly algorithm: ChecksumAlgorithm | undefined;
}

export function readBodyClaims(members: Members): BodyClaims {
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => members.has(checksumMember(one)));
  return {
    md5: members.text('ContentMD5'),
    checksum: algorithm && { algorithm, value: members.neededText(checksumMember(algorithm)) },
    algorithm: parseAlgorithm(members.text('ChecksumAlgorithm')),
  };
}

/**
 * Checks the body against what was claimed of it.
 *
 * @returns its MD5 in hexadecimal, and the checksum to keep
 * @throws AwsError BadDigest
 */
export function verifyBody(body: Uint8Array, { md5, checksum, algorithm }: BodyClaims) {
  const digest = createHash('md5').update(body).digest();
  if (md5 !== undefined && md5 !== digest.toString('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const used = checksum?.algorithm ?? algorithm ?? 'CRC64NVME';
  const value = checksumOf(used, body);
  if (checksum && checksum.value !== value) {
    throw new AwsError('BadDigest', `The ${used} you specified did not match the calculated checksum.`);
  }
  return { etag: digest.toString('hex'), checksum: { algorithm: used, value } };
}
