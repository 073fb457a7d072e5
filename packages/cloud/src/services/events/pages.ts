import { type Page, pageOf } from '../../kit/page.js';
import { invalid } from './events-error.js';

const MAX_PAGE = 100;

/** A page of a list, as every list operation of EventBridge gives it. */
export function page<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  {
    Limit = MAX_PAGE,
    NextToken,
    ...filters
  }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
  operation: string,
): Page<T> {
  const of = [operation, filters];
  const refuse = () => invalid('Invalid nextToken.');
  return pageOf(all, { keyOf, limit: Limit, token: NextToken, of, refuse });
}
