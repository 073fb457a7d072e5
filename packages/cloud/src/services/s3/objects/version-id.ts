import { createHash, randomBytes } from 'node:crypto';

/** The version of objects that were put while versioning was not enabled. */
export const NULL_VERSION = 'null';

const RANDOM_BYTES = 18;
const DIGEST_BYTES = 6;

function digestOf(random: Uint8Array): Buffer {
  return createHash('sha256').update(random).digest().subarray(0, DIGEST_BYTES);
}

/** A version id of 32 characters. It carries a digest: S3 tells ids that it never gave from those that are gone. */
export function newVersionId(): string {
  const random = randomBytes(RANDOM_BYTES);
  return Buffer.concat([random, digestOf(random)]).toString('base64url');
}

/** True if S3 may have given the id. */
export function isVersionId(text: string): boolean {
  if (text === NULL_VERSION) return true;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== RANDOM_BYTES + DIGEST_BYTES || text.length !== 32) return false;
  return digestOf(bytes.subarray(0, RANDOM_BYTES)).equals(bytes.subarray(RANDOM_BYTES));
}
