import { type HeaderValues, isReply } from '../reply.js';

export type Headers = Record<string, string | readonly string[]>;

export type Stream = AsyncIterable<string | Uint8Array>;

/** A response before it takes a gateway's form. */
export interface Outcome {
  status: number;
  /** Lower-case names. */
  headers: Headers;
  cookies: readonly string[];
  body: string | Uint8Array | Stream;
}

/** What may name a header or a cookie (RFC 9110, section 5.6.2). */
export const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// Horizontal tab, visible ASCII and Latin-1 (RFC 9110, section 5.5).
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function checked(name: string, value: string | number): string {
  const text = String(value);
  if (!TOKEN.test(name) || !VALUE.test(text))
    throw new TypeError(`GOBLET_HEADER: ${JSON.stringify(name)} cannot be sent`);
  return text;
}

function lowerCased(values: HeaderValues): Headers {
  const headers: Headers = {};
  for (const name in values) {
    const value = values[name] ?? [];
    headers[name.toLowerCase()] =
      typeof value === 'object' ? value.map((one) => checked(name, one)) : checked(name, value);
  }
  return headers;
}

/**
 * The response for what a handler returned.
 * @param status the status for a value that does not bring its own
 * @param asJson strings are JSON too, as they are under a response schema
 * @throws TypeError for what cannot be sent
 */
export function outcomeOf(value: unknown, status: number | undefined, asJson: boolean): Outcome {
  if (!isReply(value)) {
    if (isWebResponse(value)) return fromWeb(value);
    return filled(
      { status: status ?? (value === undefined ? 204 : 200), headers: {}, cookies: [], body: '' },
      value,
      asJson,
    );
  }
  const code = value.status;
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new TypeError(`GOBLET_STATUS: a response has no status ${code}`);
  const cookies = value.cookies.map((one) => checked('set-cookie', one));
  return filled({ status: code, headers: lowerCased(value.headers), cookies, body: '' }, value.body, asJson);
}

function filled(outcome: Outcome, body: unknown, asJson: boolean): Outcome {
  if (body === undefined) return outcome;
  let type = 'application/json';
  if (typeof body === 'string' && !asJson) {
    type = 'text/plain; charset=utf-8';
    outcome.body = body;
  } else if (body instanceof Uint8Array || isStream(body)) {
    type = 'application/octet-stream';
    outcome.body = body;
  } else {
    const text = JSON.stringify(body) as string | undefined;
    if (text === undefined) throw new TypeError(`GOBLET_RESULT: a ${typeof body} has no JSON`);
    outcome.body = text;
  }
  outcome.headers['content-type'] ??= type;
  return outcome;
}

const isStream = (value: unknown): value is Stream =>
  typeof (value as { [Symbol.asyncIterator]?: unknown } | null)?.[Symbol.asyncIterator] === 'function';

/** By name: to read the Web's own class would load it, which takes longer than the request. */
export const isWebResponse = (value: unknown): value is Response =>
  (value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag] === 'Response';

export function fromWeb({ status, headers: given, body }: Response): Outcome {
  const headers: Headers = Object.fromEntries(given);
  delete headers['set-cookie'];
  return { status, headers, cookies: given.getSetCookie(), body: (body as Stream | null) ?? '' };
}

/** Reads a stream to its end. */
export async function collected(stream: Stream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
