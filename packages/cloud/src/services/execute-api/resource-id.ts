import { createHash } from 'node:crypto';

/** An id for a resource that has none: six lower-case letters and digits, the same for the same path. */
export function resourceIdOf(path: string): string {
  return BigInt(`0x${createHash('sha256').update(path).digest('hex').slice(0, 16)}`)
    .toString(36)
    .padStart(6, '0')
    .slice(-6);
}
