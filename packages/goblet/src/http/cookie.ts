import type { Cookie } from '../reply.js';

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** A `Set-Cookie` value. @throws TypeError where the name is no token (RFC 6265, section 4.1.1) */
export function setCookie(cookie: string | Cookie): string {
  if (typeof cookie === 'string') return cookie;
  const { name, value, maxAge, expires, domain, path = '/', secure = true, httpOnly = true, sameSite = 'Lax' } = cookie;
  if (!NAME.test(name)) throw new TypeError(`GOBLET_COOKIE_NAME: ${JSON.stringify(name)} is not a cookie name`);
  let text = `${name}=${encodeURIComponent(value)}; Path=${path}`;
  if (maxAge !== undefined) text += `; Max-Age=${maxAge}`;
  if (expires) text += `; Expires=${expires.toUTCString()}`;
  if (domain) text += `; Domain=${domain}`;
  if (secure) text += '; Secure';
  if (httpOnly) text += '; HttpOnly';
  return `${text}; SameSite=${sameSite}`;
}
