import { crc32 } from 'node:zlib';

/*
 * A value is a letter for its kind, a checksum, and its bytes. The checksum is over kind and key as well: LevelDB is
 * opened without verifying what it reads, so a wrong byte of a key would give a value to another, a wrong kind would
 * give JSON out as bytes, and compaction would seal both.
 */
const JSON_VALUE = 0x4a;
const BYTES_VALUE = 0x42;
const HEAD = 5;

/** Kinds of the first format, which had no checksum. */
const FIRST_JSON_VALUE = 0;
const FIRST_BYTES_VALUE = 1;

/** The bytes of a value are not those that were written under its key. */
export class ValueDamaged extends Error {}

function checksum(key: string, kind: number, content: Uint8Array): number {
  return crc32(content, crc32(key, kind));
}

function sealed(key: string, kind: number, bytes: Buffer): Uint8Array {
  bytes[0] = kind;
  bytes.writeUInt32LE(checksum(key, kind, bytes.subarray(HEAD)), 1);
  return bytes;
}

export function encodeValue(key: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.allocUnsafe(value.length + HEAD);
    bytes.set(value, HEAD);
    return sealed(key, BYTES_VALUE, bytes);
  }
  const text = JSON.stringify(value);
  const bytes = Buffer.allocUnsafe(Buffer.byteLength(text) + HEAD);
  bytes.write(text, HEAD);
  return sealed(key, JSON_VALUE, bytes);
}

/** @throws ValueDamaged */
export function decodeValue(key: string, stored: Uint8Array): unknown {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const kind = bytes[0];
  if (bytes.length < HEAD || (kind !== JSON_VALUE && kind !== BYTES_VALUE)) throw new ValueDamaged();
  const content = bytes.subarray(HEAD);
  if (bytes.readUInt32LE(1) !== checksum(key, kind, content)) throw new ValueDamaged();
  return kind === BYTES_VALUE ? stored.subarray(HEAD) : JSON.parse(content.toString());
}

/** A value of the first format in this one's form; undefined where it has that already. */
export function upgradedValue(key: string, stored: Uint8Array): Uint8Array | undefined {
  const kind = stored[0];
  if (kind !== FIRST_JSON_VALUE && kind !== FIRST_BYTES_VALUE) return undefined;
  const bytes = Buffer.allocUnsafe(stored.length - 1 + HEAD);
  bytes.set(stored.subarray(1), HEAD);
  return sealed(key, kind === FIRST_BYTES_VALUE ? BYTES_VALUE : JSON_VALUE, bytes);
}
