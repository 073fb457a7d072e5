import type { Readable } from 'node:stream';
import { invalidHeader, invalidStatus, noJson, resultTooLarge } from '../errors/responses.js';
import { type HeaderValues, isReply, type Reply, reply } from './reply.js';

export type Headers = Record<string, string | readonly string[]>;

export type Stream = AsyncIterable<string | Uint8Array>;

/** A response before it is converted to a gateway's format. */
export interface Outcome {
  status: number;
  /** Lower-case names. */
  headers: Headers;
  cookies: readonly string[];
  body: string | Uint8Array | Stream;
}

/**
 * A valid name of a header or a cookie (RFC 9110, section 5.6.2). `__proto__` is a token too, but would become the
 * prototype of a record instead of a member.
 */
export const TOKEN = /^(?!__proto__$)[\w!#$%&'*+.^`|~-]+$/i;
// Horizontal tab, visible ASCII and Latin-1 (RFC 9110, section 5.5).
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function checked(name: string, value: string | number): string {
  const text = String(value);
  if (!TOKEN.test(name) || !VALUE.test(text)) throw new TypeError(invalidHeader(name));
  return text;
}

function addHeaders(outcome: Outcome, values: HeaderValues): void {
  for (const name in values) {
    const value = values[name] ?? [];
    const text = typeof value === 'object' ? value.map((one) => checked(name, one)) : checked(name, value);
    const key = name.toLowerCase();
    // Cookies are the one header that cannot be joined by commas (RFC 9110, section 5.3).
    if (key === 'set-cookie') outcome.cookies = outcome.cookies.concat(text);
    else if (text.length || text === '') outcome.headers[key] = text;
  }
}

/** The handler's return value as a reply; `usual` is the status of a value without its own. */
export function replyOf(value: unknown, usual: number | undefined): Reply {
  if (isReply(value)) return value;
  // By name: reading the Web's own class would load it, which takes longer than the request.
  if ((value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag] === 'Response')
    return fromWeb(value as Response);
  return reply(usual ?? (value === undefined ? 204 : 200), value);
}

/**
 * The response for a handler's return value.
 * @param usual the status of a value without its own
 * @param asJson true to send strings as JSON too, as under a response schema
 * @throws TypeError for a value that cannot be sent
 */
export function outcomeOf(value: unknown, usual: number | undefined, asJson?: boolean): Outcome {
  const { status, headers, cookies, body } = replyOf(value, usual);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new TypeError(invalidStatus(status));
  const outcome: Outcome = { status, headers: {}, cookies: [], body: '' };
  addHeaders(outcome, { 'set-cookie': cookies });
  addHeaders(outcome, headers);
  if (body === undefined) return outcome;
  let type = 'application/json';
  if (typeof body === 'string' && !asJson) {
    type = 'text/plain; charset=utf-8';
    outcome.body = body.toWellFormed();
  } else if (body instanceof Uint8Array || (body as Partial<Stream> | null)?.[Symbol.asyncIterator]) {
    type = 'application/octet-stream';
    outcome.body = body as Uint8Array | Stream;
  } else {
    const text = JSON.stringify(body) as string | undefined;
    if (text === undefined) throw new TypeError(noJson(body));
    outcome.body = text;
  }
  outcome.headers['content-type'] ??= type;
  return outcome;
}

// An empty list is not sent. The body of a fetched response is decoded already, whatever its headers still say.
const DECODED = { 'content-encoding': [], 'content-length': [], 'transfer-encoding': [] };

/** Only a fetched response has a URL. */
function fromWeb({ status, headers, body, url }: Response): Reply {
  const values: Record<string, string | string[]> = { ...Object.fromEntries(headers), ...(url && DECODED) };
  delete values['set-cookie'];
  return reply(status, body ?? undefined, { headers: values, cookies: headers.getSetCookie() });
}

/**
 * Reads a stream to its end.
 * @param limit bytes; a longer stream is closed, because it may never end
 * @throws RangeError if it is longer
 */
export async function collected(stream: Stream, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const given of stream) {
    const chunk = typeof given === 'string' ? Buffer.from(given) : given;
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) throw new RangeError(resultTooLarge);
  }
  return Buffer.concat(chunks);
}

/** The methods that end streams of Node.js and the Web, and generators. */
export type Endable = Record<'destroy' | 'cancel' | 'return', () => unknown> & Pick<Readable, 'on'>;

/** Ends a stream that nobody will read. */
export async function discarded(stream: Partial<Endable>): Promise<''> {
  try {
    // A missing file reports its error only when the stream is destroyed, and an unhandled error ends the process.
    stream.on?.('error', String);
    await (stream.destroy ?? stream.cancel ?? stream.return)?.call(stream);
  } catch {
    // Only its end was needed.
  }
  return '';
}
