import { createHash } from 'node:crypto';
import type { AwsError } from '../core/aws-error.js';

/** One page of a list, and how its tokens are made and read. */
export interface PageOptions<T> {
  /** Unique, and ascending in the order of the list. */
  readonly keyOf: (item: T) => string;
  readonly limit: number;
  /** The token that the caller brings. @default - the first page */
  readonly token?: string | undefined;
  /** The operation and what it filters by: a token of another call is refused. */
  readonly of: readonly unknown[];
  /** The service's error for a token that is not one of this call's. */
  readonly refuse: () => AwsError;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/**
 * One page of a list that is in the order of its keys. A token holds the key of the last item of its page, so that items
 * that come and go between two pages are neither repeated nor left out.
 *
 * @throws the error of `refuse` where the token does not come from this call
 * @example
 * const { items, next } = pageOf(queues, {
 *   keyOf: ({ name }) => name, limit: 100, token: NextToken, of: ['ListQueues', prefix], refuse: invalidToken,
 * });
 */
export function pageOf<T>(all: readonly T[], options: PageOptions<T>): Page<T> {
  const { keyOf, limit } = options;
  const after = startOf(options);
  const from = after === undefined ? 0 : all.findIndex((item) => isAfter(keyOf(item), after));
  if (from === -1) return { items: [], next: undefined };
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && from + limit < all.length ? tokenOf(options, keyOf(last)) : undefined };
}

/** The same of a list that is read bit by bit. @param from reads the list behind a key, or from its start */
export async function pageOfRange<T>(
  from: (after: string | undefined) => AsyncIterable<T>,
  options: PageOptions<T>,
): Promise<Page<T>> {
  const items: T[] = [];
  for await (const item of from(startOf(options))) {
    const last = items.at(-1);
    if (last !== undefined && items.length === options.limit) {
      return { items, next: tokenOf(options, options.keyOf(last)) };
    }
    items.push(item);
  }
  return { items, next: undefined };
}

/** Keys are ordered by the bytes of their UTF-8, as the store orders them. */
export function isAfter(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
}

const DIGEST = 6;

function digestOf(of: readonly unknown[], key: Uint8Array): Buffer {
  return createHash('sha256').update(JSON.stringify(of)).update(key).digest().subarray(0, DIGEST);
}

function tokenOf<T>({ of }: PageOptions<T>, key: string): string {
  const bytes = Buffer.from(key);
  return Buffer.concat([digestOf(of, bytes), bytes]).toString('base64url');
}

/** The key behind which the page begins. */
function startOf<T>({ token, of, refuse }: PageOptions<T>): string | undefined {
  if (token === undefined) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const key = bytes.subarray(DIGEST);
  if (bytes.length < DIGEST || !digestOf(of, key).equals(bytes.subarray(0, DIGEST))) throw refuse();
  return key.toString();
}
