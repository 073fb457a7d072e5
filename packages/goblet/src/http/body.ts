import type { Dialect, GatewayEvent } from './dialect.js';
import { BadRequest, UnsupportedMediaType } from './errors.js';

const BASE64 = /^[\w+/-]*={0,2}$/;

/**
 * The body's bytes; empty if there is no body.
 * @throws BadRequest for invalid base64
 */
export function bodyBytes({ body, isBase64Encoded }: GatewayEvent): Buffer {
  const text = body ?? '';
  // Node.js ignores characters that are not base64.
  if (isBase64Encoded && !BASE64.test(text)) throw new BadRequest('The body is not valid base64');
  return Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
}

/** @throws BadRequest if the bytes are not UTF-8 */
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

/** `Text/HTML; charset=utf-8` gives `text/html`. */
export const mediaType = (header: string): string => header.split(';', 1).join().trim().toLowerCase();

/**
 * The body as JSON. A missing Content-Type counts as JSON.
 * @throws UnsupportedMediaType for another Content-Type
 * @throws BadRequest if the body is malformed
 */
export function jsonBody(dialect: Dialect, event: GatewayEvent): unknown {
  const type = dialect.header(event, 'content-type') ?? '';
  const media = mediaType(type);
  // JSON, or a type based on it, such as application/merge-patch+json (RFC 6839).
  if (media && media !== 'application/json' && !media.endsWith('+json')) throw unsupported(type, 'application/json');
  const text = event.isBase64Encoded ? utf8(bodyBytes(event)) : (event.body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(text === '' ? 'The body is empty; send JSON' : 'The body is not valid JSON');
  }
}
