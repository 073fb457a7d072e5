import { AwsError } from '../../core/aws-error.js';
import { isAfter, pageOf } from '../../kit/page.js';

interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/**
 * One page of a list, with the members that say whether there is more.
 *
 * @param keyOf unique; the list is ordered by it
 * @param of the operation and what it filters by
 */
export async function iamPage<Value>(
  values: AsyncIterable<Value> | Iterable<Value>,
  { Marker, MaxItems = 100 }: PageInput,
  keyOf: (value: Value) => string,
  of: readonly unknown[],
): Promise<{ readonly items: Value[]; readonly IsTruncated: boolean; readonly Marker: string | undefined }> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  const { items, next } = pageOf(
    all.toSorted((a, b) => (isAfter(keyOf(a), keyOf(b)) ? 1 : -1)),
    {
      keyOf,
      limit: MaxItems,
      token: Marker,
      of,
      refuse: () => new AwsError('ValidationError', 'Invalid Marker.'),
    },
  );
  return { items: [...items], IsTruncated: next !== undefined, Marker: next };
}

/** Names that differ in case alone are the same, so lists do not go by case. */
export const byName = ({ name }: { readonly name: string }): string => name.toLowerCase();

export async function* below<Entity extends { readonly path: string }>(
  entities: AsyncIterable<Entity>,
  prefix: string,
): AsyncIterable<Entity> {
  for await (const entity of entities) if (entity.path.startsWith(prefix)) yield entity;
}
