/** Marks a Reply, so that one created by another copy of this package is recognized too. */
export const REPLY: unique symbol = Symbol.for('goblet.reply') as never;

/** Headers of a response by name; an array is sent as several values. */
export type HeaderValues = Readonly<Record<string, string | number | readonly string[]>>;

/** Headers and cookies of a reply. */
export interface ReplyOptions {
  readonly headers?: HeaderValues;
  /** `Set-Cookie` values; `cookie` writes them. */
  readonly cookies?: readonly string[];
}

/** A result with its own status, headers and cookies. */
export interface Reply<N extends number = number, B = unknown> {
  readonly [REPLY]: true;
  readonly status: N;
  readonly body: B;
  readonly headers: HeaderValues;
  readonly cookies: readonly string[];
}

/**
 * A response with this status and body.
 * @example return reply(202, { ticket }, { headers: { 'retry-after': 30 } });
 */
export function reply<const N extends number, B = undefined>(
  status: N,
  body?: B,
  { headers = {}, cookies = [] }: ReplyOptions = {},
): Reply<N, B> {
  return { [REPLY]: true, status, body: body as B, headers, cookies };
}

export function isReply(value: unknown): value is Reply {
  return (value as { [REPLY]?: unknown } | null | undefined)?.[REPLY] === true;
}
