/** Marks a Reply, so that one made by another copy of this package is recognised too. */
export const REPLY: unique symbol = Symbol.for('goblet.reply') as never;

/** A cookie to set. See RFC 6265, section 4.1. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Seconds. */
  readonly maxAge?: number;
  readonly expires?: Date;
  readonly domain?: string;
  /** @default '/' */
  readonly path?: string;
  /** @default true */
  readonly secure?: boolean;
  /** @default true */
  readonly httpOnly?: boolean;
  /** @default 'Lax' */
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

export type HeaderValues = Readonly<Record<string, string | number | readonly string[]>>;

export interface ReplyOptions {
  readonly headers?: HeaderValues;
  /** Whole `Set-Cookie` values, or cookies to be written. */
  readonly cookies?: readonly (string | Cookie)[];
}

/** A result with a status, headers and cookies of its own. */
export interface Reply<N extends number = number, B = unknown> {
  readonly [REPLY]: true;
  readonly status: N;
  readonly body: B;
  readonly headers: HeaderValues;
  readonly cookies: readonly (string | Cookie)[];
}

const NO_HEADERS: HeaderValues = Object.freeze({});
const NO_COOKIES: readonly string[] = Object.freeze([]);

/**
 * A response with this status and body.
 * @example return reply(202, { ticket }, { headers: { 'retry-after': 30 } });
 */
export function reply<const N extends number, B = undefined>(status: N, body?: B, options?: ReplyOptions): Reply<N, B> {
  return {
    [REPLY]: true,
    status,
    body: body as B,
    headers: options?.headers ?? NO_HEADERS,
    cookies: options?.cookies ?? NO_COOKIES,
  };
}

export function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && REPLY in value;
}
