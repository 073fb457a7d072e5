import { pageOf } from '../../kit/page.js';
import { badRequest } from './refusal.js';

/** `limit` and `position` of the operations of REST APIs that list. */
interface RestPage {
  readonly limit?: number | undefined;
  readonly position?: string | undefined;
}

/** `MaxResults` and `NextToken` of the operations of HTTP APIs that list. */
interface HttpPage {
  readonly MaxResults?: string | undefined;
  readonly NextToken?: string | undefined;
}

const DEFAULT_LIMIT = 25;

/**
 * One page of a list of the first version.
 *
 * @param of the operation, and what its list is of
 */
export function restPage<T, Output>(
  of: readonly string[],
  { limit = DEFAULT_LIMIT, position }: RestPage,
  records: readonly T[],
  keyOf: (record: T) => string,
  output: (record: T) => Output,
) {
  const { items, next } = pageOf(sorted(records, keyOf), {
    keyOf,
    // AWS takes a limit below one for none.
    limit: limit < 1 ? DEFAULT_LIMIT : Math.min(limit, 500),
    token: position,
    of,
    refuse: () => badRequest('Invalid position parameter'),
  });
  return { items: items.map(output), position: next };
}

/** The same of the second version, which gives all where no `MaxResults` is asked for. */
export function httpPage<T, Output>(
  of: readonly string[],
  { MaxResults, NextToken }: HttpPage,
  records: readonly T[],
  keyOf: (record: T) => string,
  output: (record: T) => Output,
) {
  const limit = MaxResults === undefined ? Number.POSITIVE_INFINITY : Number(MaxResults);
  if (!(limit >= 1)) throw badRequest('Invalid maxResults parameter');
  const { items, next } = pageOf(sorted(records, keyOf), {
    keyOf,
    limit,
    token: NextToken,
    of,
    refuse: () => badRequest('Invalid nextToken parameter'),
  });
  return { Items: items.map(output), NextToken: next };
}

/** A key by which lists are in the order of creation. */
export function byAge({ created, id }: { readonly created: number; readonly id: string }): string {
  return `${String(created).padStart(15, '0')}/${id}`;
}

/** A key by which lists begin with what was created last, as AWS's lists of keys do. */
export function byYouth({ created, id }: { readonly created: number; readonly id: string }): string {
  return `${String(Number.MAX_SAFE_INTEGER - created).padStart(16, '0')}/${id}`;
}

function sorted<T>(records: readonly T[], keyOf: (record: T) => string): readonly T[] {
  return [...records].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
