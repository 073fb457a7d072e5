const CASTAGNOLI = 0x82f63b78;

const CRC32C_TABLE = new Uint32Array(256).map((_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1;
  return crc;
});

/**
 * CRC-32C (Castagnoli), RFC 3720 B.4.
 *
 * @param before the sum of what stands before `body`
 */
export function crc32c(body: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff;
  for (let i = 0; i < body.length; i++) {
    crc = (CRC32C_TABLE[(crc ^ (body[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The reflected polynomial of CRC-64/NVME, in two halves: 64-bit arithmetic on BigInt is a hundred times slower. */
const NVME_HIGH = 0x9a6c9329;
const NVME_LOW = 0xac4bc9b5;

const NVME_TABLE_HIGH = new Uint32Array(256);
const NVME_TABLE_LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (odd) {
      low = (low ^ NVME_LOW) >>> 0;
      high = (high ^ NVME_HIGH) >>> 0;
    }
  }
  NVME_TABLE_HIGH[byte] = high;
  NVME_TABLE_LOW[byte] = low;
}

/** The two halves of a CRC-64/NVME. */
export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

/**
 * CRC-64/NVME, as S3 computes it for every object ("Checking object integrity", S3 User Guide).
 *
 * @param before the sum of what stands before `body`
 */
export function crc64nvme(body: Uint8Array, before: Crc64 = { high: 0, low: 0 }): Crc64 {
  let high = before.high ^ 0xffffffff;
  let low = before.low ^ 0xffffffff;
  for (let i = 0; i < body.length; i++) {
    const index = (low ^ (body[i] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (NVME_TABLE_LOW[index] ?? 0);
    high = (high >>> 8) ^ (NVME_TABLE_HIGH[index] ?? 0);
  }
  return { high: (high ^ 0xffffffff) >>> 0, low: (low ^ 0xffffffff) >>> 0 };
}
