import { attributeOf, type Item } from '../items/attribute-value.js';
import type { Table } from './table.js';

/** Five years: items that expired longer ago are left alone, as AWS documents it. */
export const OLDEST_EXPIRY_SECONDS = 5 * 365 * 24 * 3600;

export const expiryPrefix = ({ id }: NonNullable<Table['timeToLive']>): string => `expiry/${id}/`;

/** Seconds as text in the order of the numbers. */
export const expirySeconds = (seconds: number): string => String(Math.max(0, Math.floor(seconds))).padStart(16, '0');

/**
 * The key of an item's expiry entry; undefined if it does not expire: no number (AWS: seconds), or no TTL on the table.
 */
export function expiryEntry(table: Table, key: string, item: Item): string | undefined {
  if (!table.timeToLive) return undefined;
  const text = attributeOf(item, table.timeToLive.attributeName)?.N;
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds < 0 || seconds > Number.MAX_SAFE_INTEGER) return undefined;
  return `${expiryPrefix(table.timeToLive)}${expirySeconds(seconds)}/${key}`;
}
