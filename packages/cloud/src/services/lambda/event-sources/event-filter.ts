/** Whether a record is one that a mapping's function is to have. */
export type EventFilter<R> = (record: R) => boolean;

/**
 * One of a mapping's patterns (texts of JSON) is enough, and so is none.
 * @throws Error for what is no pattern
 */
export function eventFilter<R>(
  patterns: readonly string[],
  compile: (pattern: string) => EventFilter<R>,
): EventFilter<R> {
  const filters = patterns.map(compile);
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
}
