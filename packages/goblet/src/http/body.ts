import type { Dialect, GatewayEvent } from './dialect.js';
import { BadRequest, UnsupportedMediaType } from './errors.js';

const BASE64 = /^[\w+/-]*={0,2}$/;

/**
 * The body's bytes; none where there is no body.
 * @throws BadRequest where they are said to be base64 and are not
 */
export function bodyBytes({ body, isBase64Encoded }: GatewayEvent): Buffer {
  const text = body ?? '';
  // Node passes over what is no base64.
  if (isBase64Encoded && !BASE64.test(text)) throw new BadRequest('The body is not valid base64');
  return Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
}

/** @throws BadRequest where the bytes are not UTF-8 */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadRequest('The body is not valid UTF-8');
  }
}

/** Refuses a body by its Content-Type. */
export function unsupported(given: string, accepted: string): Error {
  return new UnsupportedMediaType(`The Content-Type is ${JSON.stringify(given)}; send ${accepted}`, {
    headers: { accept: accepted },
  });
}

/** `text/html` of `Text/HTML; charset=utf-8`. */
export const mediaType = (header: string): string => header.split(';', 1).join().trim().toLowerCase();

/**
 * The body as JSON. A missing Content-Type counts as JSON.
 * @throws UnsupportedMediaType where the body says it is something else
 * @throws BadRequest where it is malformed
 */
export function jsonBody(dialect: Dialect, event: GatewayEvent): unknown {
  const type = dialect.header(event, 'content-type') ?? '';
  const media = mediaType(type);
  // JSON, or a type built on it, as application/merge-patch+json is (RFC 6839).
  if (media && media !== 'application/json' && !media.endsWith('+json')) throw unsupported(type, 'application/json');
  const text = event.isBase64Encoded ? utf8(bodyBytes(event)) : (event.body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(text === '' ? 'The body is empty; send JSON' : 'The body is not valid JSON');
  }
}
