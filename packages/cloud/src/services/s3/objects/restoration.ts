import type { ObjectRecord } from './object-record.js';

/** The header that tells until when a restored object can be read. */
export function restorationOutput({ restoration }: ObjectRecord, now: number): string | undefined {
  if (!restoration || restoration.until <= now) return undefined;
  return `ongoing-request="false", expiry-date="${new Date(restoration.until).toUTCString()}"`;
}
