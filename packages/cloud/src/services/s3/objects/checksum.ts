import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Crc64, crc32c, crc64nvme } from './crc.js';

export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of composite ones `-<parts>` follows. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
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

export function parseAlgorithm(text: string | undefined): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === text?.toUpperCase());
}

/** The member of inputs and outputs: `ChecksumSHA256`. */
export function checksumMember(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}
