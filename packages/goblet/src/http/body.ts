import { BadRequest, UnsupportedMediaType } from '../errors.js';
import type { Dialect, GatewayEvent } from './dialect.js';

/** The body's bytes; none where there is no body. */
export function bodyBytes({ body, isBase64Encoded }: GatewayEvent): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
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

// JSON, or a type built on it, as application/merge-patch+json is (RFC 6839).
const JSON_TYPE = /^\s*(application\/json|[^;]+\+json)\s*(;|$)/i;

/**
 * The body as JSON. A missing Content-Type counts as JSON.
 * @throws UnsupportedMediaType where the body says it is something else
 * @throws BadRequest where it is malformed
 */
export function jsonBody(dialect: Dialect, event: GatewayEvent): unknown {
  const type = dialect.header(event, 'content-type') ?? '';
  if (type !== 'application/json' && type !== '' && !JSON_TYPE.test(type)) throw unsupported(type, 'application/json');
  const text = event.isBase64Encoded ? utf8(bodyBytes(event)) : (event.body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(text === '' ? 'The body is empty; send JSON' : 'The body is not valid JSON');
  }
}
