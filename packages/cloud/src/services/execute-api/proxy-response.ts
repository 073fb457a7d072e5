import type { HttpResponse } from '../../core/http.js';
import { isObject } from '../../core/json.js';
import { isBase64 } from './base64.js';
import { fieldValue, isFieldName } from './header-field.js';

const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Headers of a result that leave under another name, because the gateway writes them itself (developer guide,
 * "Amazon API Gateway important notes"); null for those that do not leave at all.
 */
const RESPONSE_HEADERS = new Map<string, string | null>([
  ...[
    'authorization',
    'connection',
    'content-length',
    'content-md5',
    'date',
    'expect',
    'host',
    'max-forwards',
    'proxy-authenticate',
    'server',
    'te',
    'upgrade',
    'user-agent',
    'via',
    'warn',
    'www-authenticate',
    'x-amzn-requestid',
  ].map((name) => [name, `x-amzn-remapped-${name}`] as const),
  ['keep-alive', null],
  ['trailer', null],
  ['transfer-encoding', null],
]);

export interface ProxyResponse extends HttpResponse {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  readonly body: Uint8Array | string;
}

/** Adds cookies; says what is wrong with them, if anything is. */
export function pushCookies(headers: [string, string][], cookies: unknown): string | undefined {
  if (cookies === undefined || cookies === null) return undefined;
  if (!Array.isArray(cookies)) return 'cookies is not a list';
  for (const cookie of cookies) {
    const value = typeof cookie === 'string' ? fieldValue(cookie) : undefined;
    if (value === undefined) return 'cookies has something that is no cookie';
    headers.push(['set-cookie', value]);
  }
  return undefined;
}

/**
 * The HTTP response of a Lambda proxy result (developer guide, "Output format of a Lambda function for proxy
 * integration"), or the mistake in it: invalid base64 is a misconfiguration of the API, everything else a malformed
 * result.
 * @param decodesBase64 true if this answer may be binary: by the API's binary media types and the request's Accept
 */
export function proxyResponse(
  result: unknown,
  decodesBase64: () => boolean,
): ProxyResponse | { malformed: string } | { undecodable: string } {
  if (!isObject(result)) return { malformed: 'the result is not an object' };
  for (const member in result) {
    if (!MEMBERS.has(member)) return { malformed: `the result has the unknown member ${member}` };
  }
  const status = statusCode(result.statusCode);
  if (status === undefined) return { malformed: 'statusCode is not an HTTP status' };
  const headers: [string, string][] = [];
  const wrong = readHeaders(result, headers);
  if (wrong !== undefined) return { malformed: wrong };
  if (!headers.some(([name]) => name === 'content-type')) headers.push(['content-type', 'application/json']);
  const { body = null, isBase64Encoded = false } = result;
  if (body !== null && typeof body !== 'string') return { malformed: 'body is not a string' };
  if (isBase64Encoded !== null && typeof isBase64Encoded !== 'boolean')
    return { malformed: 'isBase64Encoded is not a boolean' };
  if (body === null || body === '') return { status, headers, body: '' };
  if (isBase64Encoded && decodesBase64()) {
    if (!isBase64(body)) return { undecodable: 'body is not base64' };
    return { status, headers, body: Buffer.from(body, 'base64') };
  }
  return { status, headers, body };
}

function statusCode(value: unknown): number | undefined {
  if (value === undefined || value === null) return 200;
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/** Reads both header members into one list. If both have a name, the values of `multiValueHeaders` count. */
function readHeaders(result: Record<string, unknown>, list: [string, string][]): string | undefined {
  const single = result.headers ?? {};
  const multi = result.multiValueHeaders ?? {};
  if (!isObject(single)) return 'headers is not an object';
  if (!isObject(multi)) return 'multiValueHeaders is not an object';
  const repeated = new Set<string>();
  for (const name in multi) {
    const values = multi[name];
    if (!Array.isArray(values)) return `multiValueHeaders.${name} is not a list`;
    repeated.add(name.toLowerCase());
    for (const value of values) {
      const wrong = push(list, name, value);
      if (wrong !== undefined) return wrong;
    }
  }
  for (const name in single) {
    const value = single[name];
    const lower = name.toLowerCase();
    if (repeated.has(lower)) {
      if (list.some(([listed, text]) => listed === sentName(lower) && text === String(value))) continue;
    }
    const wrong = push(list, name, value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function push(list: [string, string][], name: string, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'boolean')
    return `the header ${name} is neither a string nor a boolean`;
  const text = fieldValue(String(value));
  if (text === undefined || !isFieldName(name)) return `the header ${name} is not a valid HTTP header`;
  const sent = sentName(name.toLowerCase());
  if (sent !== null) list.push([sent, text]);
  return undefined;
}

/** Headers of mapped responses whose names differ from those of results. */
const MAPPED_HEADERS = new Map([
  ['te', 'te'],
  ['trailer', 'x-amzn-remapped-trailer'],
  ['via', 'via'],
  ['warn', 'warn'],
]);

/** The name under which a header leaves that an integration response maps; null for one that does not leave. */
export function mappedName(lower: string): string | null {
  return MAPPED_HEADERS.get(lower) ?? sentName(lower);
}

/** The name under which a header of a result leaves; null for one that does not leave. */
export function sentName(lower: string): string | null {
  const remapped = RESPONSE_HEADERS.get(lower);
  return remapped === undefined ? lower : remapped;
}
