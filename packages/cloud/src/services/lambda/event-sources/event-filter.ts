/** True if a mapping's function should receive the record. */
export type EventFilter<R> = (record: R) => boolean;

/**
 * A record must match one of a mapping's patterns (JSON texts); without patterns every record matches.
 * @throws Error for an invalid pattern
 */
export function eventFilter<R>(
  patterns: readonly string[],
  compile: (pattern: string) => EventFilter<R>,
): EventFilter<R> {
  const filters = patterns.map(compile);
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
}
