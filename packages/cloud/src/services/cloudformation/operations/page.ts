import { pageOf } from '../../../kit/page.js';
import { validationError } from '../template/template-error.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

const LONGEST_PAGE = 100;

/**
 * A page of a list whose items are known by their places.
 * @param of the operation and what it filters by
 */
export function page<T>(all: readonly T[], token: string | undefined, of: readonly unknown[]): Page<T> {
  const { items, next } = pageOf(
    all.map((item, place) => ({ item, place: String(place).padStart(9, '0') })),
    {
      keyOf: ({ place }) => place,
      limit: LONGEST_PAGE,
      token,
      of,
      refuse: () => validationError('Invalid NextToken'),
    },
  );
  return { items: items.map(({ item }) => item), nextToken: next };
}
