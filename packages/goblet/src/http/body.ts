import type { BodyDefinition } from '../definition.js';
import { BadRequest, UnsupportedMediaType } from '../errors.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import { isJson, mediaType } from './media-type.js';

/** The body's bytes; none where there is no body. */
export function bodyBytes(event: GatewayEvent): Buffer {
  const { body } = event;
  return typeof body === 'string' ? Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8') : Buffer.alloc(0);
}

/** @throws BadRequest where the bytes are not UTF-8 */
export function bodyText(event: GatewayEvent): string {
  if (!event.isBase64Encoded) return event.body ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bodyBytes(event));
  } catch {
    throw new BadRequest('The body is not valid UTF-8');
  }
}

/**
 * The body as JSON. A missing Content-Type counts as JSON.
 * @throws UnsupportedMediaType where the body says it is something else
 * @throws BadRequest where it is malformed
 */
export function jsonBody(dialect: Dialect, event: GatewayEvent): unknown {
  const type = dialect.header(event, 'content-type');
  if (type !== undefined && type !== 'application/json' && !isJson(mediaType(type)))
    throw unsupported(mediaType(type), ['application/json']);
  const text = bodyText(event);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(text === '' ? 'The body is empty; send JSON' : 'The body is not valid JSON');
  }
}

/** The body by its own codec. @throws UnsupportedMediaType */
export function codedBody(codec: BodyDefinition, dialect: Dialect, event: GatewayEvent): unknown {
  const header = dialect.header(event, 'content-type') ?? '';
  const type = mediaType(header);
  const { contentTypes } = codec;
  const accepted = contentTypes.some(
    (one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))),
  );
  if (contentTypes.length && !accepted) throw unsupported(type, contentTypes);
  return codec.decode(bodyBytes(event), header);
}

function unsupported(type: string, accepted: readonly string[]): Error {
  const said = type === '' ? 'There is no Content-Type' : `The Content-Type is ${JSON.stringify(type)}`;
  return new UnsupportedMediaType(`${said}; send ${accepted.join(' or ')}`, {
    headers: { accept: accepted.join(', ') },
  });
}
