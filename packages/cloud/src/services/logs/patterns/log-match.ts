/** A message that matches, and what its pattern knows of it. */
export interface LogMatch {
  /** The fields that the pattern names, by their selectors: `{ '$.status': '404' }`, `{ $ip: '127.0.0.1' }` */
  readonly extracted: Readonly<Record<string, string>>;
  /** The value of a selector, such as `$.latency` or `$bytes`; undefined where the message has none. */
  readonly valueOf: (selector: string) => unknown;
}

/** Undefined where a message does not match. */
export type FilterPattern = (message: string) => LogMatch | undefined;

/** The match of a pattern that names no fields. */
export const PLAIN_MATCH: LogMatch = { extracted: {}, valueOf: () => undefined };
