import { BadRequest, UnsupportedMediaType } from '../errors.js';
import type { Dialect, GatewayEvent } from './dialect.js';

/**
 * The body's bytes; none where there is no body.
 * @throws BadRequest where they are said to be base64 and are not
 */
export function bodyBytes({ body, isBase64Encoded }: GatewayEvent): Buffer {
  const text = body ?? '';
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  const bytes = Buffer.from(text, encoding);
  // Node passes over what is no base64, and so gives less than there should be.
  if (bytes.length < Buffer.byteLength(text, encoding)) throw new BadRequest('The body is not valid base64');
  return bytes;
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

// None, JSON, or a type built on it, as application/merge-patch+json is (RFC 6839).
const JSON_TYPE = /^\s*($|(application\/json|[^;]+\+json)\s*(;|$))/i;

/**
 * The body as JSON. A missing Content-Type counts as JSON.
 * @throws UnsupportedMediaType where the body says it is something else
 * @throws BadRequest where it is malformed
 */
export function jsonBody(dialect: Dialect, event: GatewayEvent): unknown {
  const type = dialect.header(event, 'content-type') ?? '';
  if (type !== 'application/json' && !JSON_TYPE.test(type)) throw unsupported(type, 'application/json');
  const text = event.isBase64Encoded ? utf8(bodyBytes(event)) : (event.body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(text === '' ? 'The body is empty; send JSON' : 'The body is not valid JSON');
  }
}
