import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { s3Error } from '../s3-error.js';
import { type Crc64, crc32c, crc64nvme } from './crc.js';

export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** True if a checksum is of an object's bytes or of its parts' checksums. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of composite ones `-<parts>` follows. */
  readonly value: string;
  readonly type: ChecksumType;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A checksum of bytes that come in pieces. */
export interface RunningChecksum {
  readonly update: (piece: Uint8Array) => void;
  /** Big-endian, in base64. */
  readonly value: () => string;
}

function running<Sum>(start: Sum, add: (piece: Uint8Array, sum: Sum) => Sum, bytes: (sum: Sum) => Buffer) {
  return (): RunningChecksum => {
    let sum = start;
    return {
      update: (piece) => {
        sum = add(piece, sum);
      },
      value: () => bytes(sum).toString('base64'),
    };
  };
}

function hashed(name: string): () => RunningChecksum {
  return () => {
    const hash = createHash(name);
    return { update: (piece) => hash.update(piece), value: () => hash.digest('base64') };
  };
}

const CHECKSUMS: Record<ChecksumAlgorithm, () => RunningChecksum> = {
  CRC32: running(0, crc32, word),
  CRC32C: running(0, crc32c, word),
  CRC64NVME: running<Crc64>({ high: 0, low: 0 }, crc64nvme, ({ high, low }) => Buffer.concat([word(high), word(low)])),
  SHA1: hashed('sha1'),
  SHA256: hashed('sha256'),
};

export function runningChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  return CHECKSUMS[algorithm]();
}

/** The checksum of what a stream gives. */
export async function checksumOf(algorithm: ChecksumAlgorithm, body: AsyncIterable<Uint8Array>): Promise<string> {
  const checksum = runningChecksum(algorithm);
  for await (const piece of body) checksum.update(piece);
  return checksum.value();
}

/** The checksum of an object made of parts: of the parts' checksums, one behind the other. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const joined = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  const checksum = runningChecksum(algorithm);
  checksum.update(joined);
  return `${checksum.value()}-${parts.length}`;
}

/** @throws AwsError InvalidRequest for an algorithm that S3 does not have */
export function parseAlgorithm(text: string | undefined): ChecksumAlgorithm | undefined {
  if (text === undefined) return undefined;
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === text.toUpperCase());
  if (found) return found;
  const valid = CHECKSUM_ALGORITHMS.join(', ');
  throw s3Error.invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${valid}]`,
  );
}

/** Members of inputs in which a checksum is given. */
export type ChecksumInput = {
  readonly [Algorithm in ChecksumAlgorithm as `Checksum${Algorithm}`]?: string | undefined;
};

/** The member of inputs and outputs: `ChecksumSHA256`. */
export function checksumMember<Algorithm extends ChecksumAlgorithm>(algorithm: Algorithm): `Checksum${Algorithm}` {
  return `Checksum${algorithm}`;
}

/** The header of a checksum, in lower case: `x-amz-checksum-sha256`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Bytes of a checksum by each algorithm. */
const LENGTHS: Record<ChecksumAlgorithm, number> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

/** True for a checksum in base64; that of parts has their number behind it. */
function isChecksum(algorithm: ChecksumAlgorithm, value: string): boolean {
  const [, digest = ''] = /^([^-]*)(?:-\d+)?$/.exec(value) ?? [];
  return /^[A-Za-z0-9+/]+=*$/.test(digest) && Buffer.from(digest, 'base64').length === LENGTHS[algorithm];
}

/**
 * The one checksum that an input gives.
 *
 * @throws AwsError InvalidRequest for several, and for one that cannot be of its algorithm
 */
export function readChecksum(
  input: ChecksumInput,
): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  const given = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = input[checksumMember(algorithm)];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1) {
    throw s3Error.invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [checksum] = given;
  if (checksum && !isChecksum(checksum.algorithm, checksum.value)) {
    throw s3Error.invalidRequest(`Value for ${checksumHeader(checksum.algorithm)} header is invalid.`);
  }
  return checksum;
}

/** A checksum as answers tell it. */
export function checksumOutput(checksum: Checksum | undefined) {
  if (!checksum) return {};
  return { ...checksumValue(checksum), ChecksumType: checksum.type };
}

/** The value of a checksum as answers tell it, where its type is known. */
export function checksumValue({ algorithm, value }: Pick<Checksum, 'algorithm' | 'value'>): ChecksumInput {
  return { [checksumMember(algorithm)]: value };
}
