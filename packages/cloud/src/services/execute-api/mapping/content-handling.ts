import { isBase64 } from '../base64.js';
import type { Integration } from '../model.js';

/** A payload on its way through a mapping: text, which templates map, or bytes, which they do not. */
export type Payload = { readonly text: string } | { readonly bytes: Uint8Array };

type ContentHandling = Integration['contentHandling'];

/**
 * The body of a request as its integration's templates see it ("Content type conversions in API Gateway"). A body
 * without a binary media type is text, in which invalid bytes are replaced.
 * @returns undefined for what should be base64 and is not
 */
export function requestPayload(
  body: Uint8Array,
  isBinary: boolean,
  contentHandling: ContentHandling,
): Payload | undefined {
  if (!isBinary) return textPayload(body, contentHandling === 'CONVERT_TO_BINARY');
  return contentHandling === 'CONVERT_TO_TEXT' ? { text: encoded(body) } : { bytes: body };
}

/**
 * The body of an integration's response, by whether it is of a binary media type, and whether the client asks for one.
 * @returns undefined for what should be base64 and is not
 */
export function responsePayload(
  body: Uint8Array,
  isBinary: boolean,
  asksForBinary: boolean,
  contentHandling: ContentHandling,
): Payload | undefined {
  const toBinary = contentHandling === undefined ? asksForBinary : contentHandling === 'CONVERT_TO_BINARY';
  if (!isBinary) return textPayload(body, toBinary);
  return toBinary ? { bytes: body } : { text: encoded(body) };
}

function textPayload(body: Uint8Array, isEncoded: boolean): Payload | undefined {
  const text = Buffer.from(body).toString('utf8');
  if (!isEncoded) return { text };
  return isBase64(text) ? { bytes: Buffer.from(text, 'base64') } : undefined;
}

function encoded(body: Uint8Array): string {
  return Buffer.from(body).toString('base64');
}
