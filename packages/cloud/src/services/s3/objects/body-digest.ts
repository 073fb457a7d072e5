import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { BodyStream } from '../../../core/http.js';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  type ChecksumInput,
  checksumHeader,
  parseAlgorithm,
  readChecksum,
  runningChecksum,
} from './checksum.js';

/** Members of inputs that say what a body's checksums are. */
export interface ClaimInput extends ChecksumInput {
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

/** The uploader's description of a body before it is there. */
export interface BodyClaims {
  readonly md5?: string | undefined;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** Whose value comes behind the body. */
  readonly trailing?: ChecksumAlgorithm | undefined;
  /** The checksum to compute if no value was given. */
  readonly algorithm?: ChecksumAlgorithm | undefined;
}

const MD5_BYTES = 16;

/**
 * @param announced names of the headers that come behind the body
 * @throws AwsError InvalidDigest, InvalidRequest
 */
export function readBodyClaims(input: ClaimInput, announced: readonly string[] = []): BodyClaims {
  const { ContentMD5: md5 } = input;
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== MD5_BYTES) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, { 'Content-MD5': md5 });
  }
  return {
    md5,
    checksum: readChecksum(input),
    trailing: CHECKSUM_ALGORITHMS.find((algorithm) => announced.includes(checksumHeader(algorithm))),
    algorithm: parseAlgorithm(input.ChecksumAlgorithm),
  };
}

/** The algorithm by which the uploader says that it computed a checksum. */
export function claimedAlgorithm({ checksum, trailing, algorithm }: BodyClaims): ChecksumAlgorithm | undefined {
  return checksum?.algorithm ?? trailing ?? algorithm;
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

export function bodyDigest(claims: BodyClaims): BodyDigest {
  const { md5, checksum } = claims;
  const used = claimedAlgorithm(claims) ?? 'CRC64NVME';
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
        throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
          ExpectedDigest: Buffer.from(md5, 'base64').toString('hex'),
          CalculatedDigest: digest.toString('base64'),
        });
      }
      const value = sum.value();
      const claimed = checksum?.value ?? trailers.find(([name]) => name === checksumHeader(used))?.[1];
      if (claimed !== undefined && claimed !== value) {
        throw new AwsError('BadDigest', `The ${used} you specified did not match the calculated checksum.`);
      }
      return { etag: digest.toString('hex'), checksum: { algorithm: used, value } };
    },
  };
}
