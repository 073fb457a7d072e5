import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { BodyStream } from '../../../core/http.js';
import type { Members } from '../../../core/members.js';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumMember,
  parseAlgorithm,
  runningChecksum,
} from './checksum.js';

const headerOf = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** Headers in which the uploader says what the body's checksum is. */
export const CHECKSUM_HEADERS: Readonly<Record<string, string>> = {
  'content-md5': 'ContentMD5',
  'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
  'x-amz-trailer': 'Trailer',
  ...Object.fromEntries(CHECKSUM_ALGORITHMS.map((algorithm) => [headerOf(algorithm), checksumMember(algorithm)])),
};

/** What the uploader says of a body before it is there. */
export interface BodyClaims {
  readonly md5: string | undefined;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** Whose value comes behind the body. */
  readonly trailing: ChecksumAlgorithm | undefined;
  /** What to compute where no value was given. */
  readonly algorithm: ChecksumAlgorithm | undefined;
}

export function readBodyClaims(members: Members): BodyClaims {
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => members.has(checksumMember(one)));
  const trailer = members.text('Trailer')?.trim().toLowerCase();
  return {
    md5: members.text('ContentMD5'),
    checksum: algorithm && { algorithm, value: members.neededText(checksumMember(algorithm)) },
    trailing: CHECKSUM_ALGORITHMS.find((one) => headerOf(one) === trailer),
    algorithm: parseAlgorithm(members.text('ChecksumAlgorithm')),
  };
}

/** The checksums of a body, taken while it passes. */
export interface BodyDigest {
  readonly pass: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /**
   * Checks what passed against what was claimed of it, before it or behind it.
   *
   * @returns its MD5 in hexadecimal, and the checksum to keep
   * @throws AwsError BadDigest
   */
  readonly finish: (trailers: BodyStream['trailers']) => {
    readonly etag: string;
    readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  };
}

export function bodyDigest({ md5, checksum, trailing, algorithm }: BodyClaims): BodyDigest {
  const used = checksum?.algorithm ?? trailing ?? algorithm ?? 'CRC64NVME';
  const hash = createHash('md5');
  const sum = runningChecksum(used);
  return {
    pass: async function* (body) {
      for await (const piece of body) {
        hash.update(piece);
        sum.update(piece);
        yield piece;
      }
    },
    finish: (trailers) => {
      const digest = hash.digest();
      if (md5 !== undefined && md5 !== digest.toString('base64')) {
        throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
      }
      const value = sum.value();
      const claimed = checksum?.value ?? trailers.find(([name]) => name === headerOf(used))?.[1];
      if (claimed !== undefined && claimed !== value) {
        throw new AwsError('BadDigest', `The ${used} you specified did not match the calculated checksum.`);
      }
      return { etag: digest.toString('hex'), checksum: { algorithm: used, value } };
    },
  };
}
