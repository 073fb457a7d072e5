import { cookieName } from '../errors/responses.js';
import { TOKEN } from './outcome.js';

/** The attributes of a cookie (RFC 6265, section 4.1). */
export interface CookieOptions {
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

/**
 * A `Set-Cookie` value, for `reply`. The cookie's value is percent-encoded; `request.cookies` decodes it.
 * @throws TypeError if the name is not a token
 * @example return reply(204, undefined, { cookies: [cookie('session', id, { maxAge: 3600 })] });
 */
export function cookie(name: string, value: string, options: CookieOptions = {}): string {
  const { maxAge, expires, domain, path = '/', secure = true, httpOnly = true, sameSite = 'Lax' } = options;
  if (!TOKEN.test(name)) throw new TypeError(cookieName(name));
  const parts = [`${name}=${encodeURIComponent(value)}`, `Path=${path}`];
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  if (expires) parts.push(`Expires=${expires.toUTCString()}`);
  if (domain) parts.push(`Domain=${domain}`);
  if (secure) parts.push('Secure');
  if (httpOnly) parts.push('HttpOnly');
  parts.push(`SameSite=${sameSite}`);
  return parts.join('; ');
}
