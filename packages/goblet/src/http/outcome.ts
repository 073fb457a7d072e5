import { type HeaderValues, isReply } from '../reply.js';
import { setCookie } from './cookie.js';

export type Headers = Record<string, string | readonly string[]>;

/** A response before it takes a gateway's form. */
export interface Outcome {
  status: number;
  /** Lower-case names. */
  headers: Headers;
  cookies: readonly string[];
  body: string;
  base64: boolean;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// Horizontal tab, visible ASCII and Latin-1 (RFC 9110, section 5.5).
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function checkedValue(name: string, value: string | number): string {
  const text = String(value);
  if (!VALUE.test(text))
    throw new TypeError(`GOBLET_HEADER: the value of "${name}" has a character that no header may have`);
  return text;
}

function lowerCased(values: HeaderValues): Headers {
  const headers: Headers = {};
  for (const name in values) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (!TOKEN.test(name)) throw new TypeError(`GOBLET_HEADER: ${JSON.stringify(name)} is not a header name`);
    headers[name.toLowerCase()] =
      typeof value === 'object' ? value.map((one) => checkedValue(name, one)) : checkedValue(name, value);
  }
  return headers;
}

function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`GOBLET_RESULT: a ${typeof value} has no JSON`);
  return text;
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
    return withBody(
      { status: status ?? 200, headers: {}, cookies: [], body: '', base64: false },
      value,
      status,
      asJson,
    );
  const code = value.status;
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new TypeError(`GOBLET_STATUS: a response has no status ${code}`);
  const cookies = value.cookies.map((cookie) => checkedValue('set-cookie', setCookie(cookie)));
  return withBody(
    { status: code, headers: lowerCased(value.headers), cookies, body: '', base64: false },
    value.body,
    code,
    asJson,
  );
}

function withBody(
  outcome: Outcome,
  body: unknown,
  status: number | undefined,
  asJson: boolean,
): Outcome | Promise<Outcome> {
  const { headers } = outcome;
  if (body === undefined) {
    if (status === undefined) outcome.status = 204;
  } else if (typeof body === 'string' && !asJson) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    outcome.body = body;
  } else if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    if (body instanceof Uint8Array) return withBytes(outcome, body);
    if (Symbol.asyncIterator in body || isWeb(body, 'ReadableStream'))
      return collect(outcome, body as AsyncIterable<unknown>);
    if (isWeb(body, 'Response')) return fromWeb(body as Response);
    if (isWeb(body, 'Blob'))
      return (body as Blob).arrayBuffer().then((bytes) => withBytes(outcome, new Uint8Array(bytes)));
    headers['content-type'] ??= 'application/json';
    outcome.body = json(body);
  } else {
    headers['content-type'] ??= 'application/json';
    outcome.body = json(body);
  }
  return outcome;
}

/** By name: to read the global itself would load it, which takes longer than the request. */
const isWeb = (value: object, name: string): boolean =>
  (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === name;

function withBytes(outcome: Outcome, bytes: Uint8Array): Outcome {
  outcome.headers['content-type'] ??= 'application/octet-stream';
  outcome.body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  outcome.base64 = true;
  return outcome;
}

async function collect(outcome: Outcome, stream: AsyncIterable<unknown>): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array));
  return withBytes(outcome, Buffer.concat(chunks));
}

async function fromWeb(response: Response): Promise<Outcome> {
  const headers: Headers = {};
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') headers[name] = value;
  });
  const outcome: Outcome = {
    status: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    body: '',
    base64: false,
  };
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!bytes.length) return outcome;
  const type = String(headers['content-type'] ?? '');
  if (!/^text\/|json|xml|javascript/.test(type)) return withBytes(outcome, bytes);
  outcome.body = Buffer.from(bytes).toString('utf8');
  return outcome;
}
