import { type HeaderValues, isReply } from '../reply.js';

export type Headers = Record<string, string | readonly string[]>;

/** A response before it takes a gateway's form. */
export interface Outcome {
  status: number;
  /** Lower-case names. */
  headers: Headers;
  cookies: readonly string[];
  body: string | Uint8Array;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// Horizontal tab, visible ASCII and Latin-1 (RFC 9110, section 5.5).
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function checked(name: string, value: string | number): string {
  const text = String(value);
  if (!TOKEN.test(name) || !VALUE.test(text))
    throw new TypeError(`GOBLET_HEADER: ${JSON.stringify(name)} has a character that no header may have`);
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
 * @returns a promise for streams and Web responses
 * @throws TypeError for what cannot be sent
 */
export function outcomeOf(value: unknown, status: number | undefined, asJson: boolean): Outcome | Promise<Outcome> {
  if (!isReply(value))
    return filled(
      { status: status ?? (value === undefined ? 204 : 200), headers: {}, cookies: [], body: '' },
      value,
      asJson,
    );
  const code = value.status;
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new TypeError(`GOBLET_STATUS: a response has no status ${code}`);
  const cookies = value.cookies.map((one) => checked('set-cookie', one));
  return filled({ status: code, headers: lowerCased(value.headers), cookies, body: '' }, value.body, asJson);
}

function filled(outcome: Outcome, body: unknown, asJson: boolean): Outcome | Promise<Outcome> {
  const { headers } = outcome;
  if (body === undefined) return outcome;
  if (typeof body === 'string' && !asJson) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    outcome.body = body;
    return outcome;
  }
  if (typeof body === 'object' && body !== null) {
    if (body instanceof Uint8Array) return withBytes(outcome, body);
    // By name: to read a global of the Web would load it, which takes longer than the request.
    const kind = (body as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
    if (kind === 'Response') return fromWeb(body as Response);
    if (kind === 'Blob') return (body as Blob).arrayBuffer().then((bytes) => withBytes(outcome, new Uint8Array(bytes)));
    if (Symbol.asyncIterator in body) return collect(outcome, body as AsyncIterable<string | Uint8Array>);
  }
  headers['content-type'] ??= 'application/json';
  const text = JSON.stringify(body) as string | undefined;
  if (text === undefined) throw new TypeError(`GOBLET_RESULT: a ${typeof body} has no JSON`);
  outcome.body = text;
  return outcome;
}

function withBytes(outcome: Outcome, bytes: Uint8Array): Outcome {
  outcome.headers['content-type'] ??= 'application/octet-stream';
  outcome.body = bytes;
  return outcome;
}

async function collect(outcome: Outcome, stream: AsyncIterable<string | Uint8Array>): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return withBytes(outcome, Buffer.concat(chunks));
}

async function fromWeb(response: Response): Promise<Outcome> {
  const { status, headers: given } = response;
  const headers: Headers = {};
  for (const [name, value] of given) if (name !== 'set-cookie') headers[name] = value;
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = /^text\/|json|xml|javascript/.test(given.get('content-type') ?? '');
  return { status, headers, cookies: given.getSetCookie(), body: text || !bytes.length ? bytes.toString() : bytes };
}
