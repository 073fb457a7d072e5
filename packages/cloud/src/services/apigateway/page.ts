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

/**
 * One page of a list of the first version.
 *
 * @param of the operation, and what its list is of
 */
export function restPage<T, Output>(
  of: readonly string[],
  { limit = 25, position }: RestPage,
  records: readonly T[],
  keyOf: (record: T) => string,
  output: (record: T) => Output,
) {
  if (limit < 1) throw badRequest('Invalid limit value. Must be between 1 and 500');
  const { items, next } = pageOf(sorted(records, keyOf), {
    keyOf,
    limit: Math.min(limit, 500),
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

function sorted<T>(records: readonly T[], keyOf: (record: T) => string): readonly T[] {
  return [...records].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
