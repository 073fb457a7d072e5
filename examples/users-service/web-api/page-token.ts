import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A page token is the last username of a page under a keyed checksum, so that a token that was cut, changed or made up
 * is recognized. The key is derived from the table's name, which saves managing a secret: the checksum protects against
 * mistakes and tampering, not against an attacker who knows the name. A forged token gives no access: it can only start
 * a page elsewhere in a list that the caller may read as a whole.
 */
export function sealPageToken(username: string, tableName: string): string {
  const payload = Buffer.from(username);
  return Buffer.concat([checksum(payload, tableName), payload]).toString('base64url');
}

/** The username in a token, or `undefined` for a token that `sealPageToken` did not create for this table. */
export function openPageToken(token: string, tableName: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Node.js decodes leniently; only the exact spelling that we returned is valid.
  if (bytes.toString('base64url') !== token || bytes.length <= CHECKSUM_BYTES) return undefined;
  const payload = bytes.subarray(CHECKSUM_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, CHECKSUM_BYTES), checksum(payload, tableName))) return undefined;
  return payload.toString();
}

const CHECKSUM_BYTES = 16;

function checksum(payload: Buffer, tableName: string): Buffer {
  return createHmac('sha256', `goblet users page token of ${tableName}`)
    .update(payload)
    .digest()
    .subarray(0, CHECKSUM_BYTES);
}
