import { createHmac, hash } from 'node:crypto';

/** The scope of a signature: who signs, for which day, region and service. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `20261123` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data);
export const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac('sha256', key).update(data).digest();

export const EMPTY_SHA256 = sha256('');

const signingKeys = new Map<string, Buffer>();

/** The key of a day, region and service; kept, since deriving it costs as much as the rest of the verification. */
export function signingKey(secret: string, scope: CredentialScope): Buffer {
  const name = `${secret}/${scope.date}/${scope.region}/${scope.service}`;
  let key = signingKeys.get(name);
  if (key === undefined) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), 'aws4_request');
    if (signingKeys.size >= 2000) signingKeys.clear();
    signingKeys.set(name, key);
  }
  return key;
}

/** RFC 3986: everything but unreserved characters is escaped. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Query parameters in canonical form, without `omit`. */
export function canonicalQuery(query: string, omit?: string): string {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeOnce(equals === -1 ? part : part.slice(0, equals));
    if (name === omit) continue;
    pairs.push([encodeRfc3986(name), encodeRfc3986(equals === -1 ? '' : decodeOnce(part.slice(equals + 1)))]);
  }
  return pairs
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** S3 escapes a path anew, but for its slashes. */
function canonicalS3Path(path: string): string {
  try {
    return encodeRfc3986(decodeURIComponent(path)).replaceAll('%2F', '/');
  } catch {
    return path;
  }
}

/** The path in canonical form: S3's escaped anew, any other service's normalised and escaped once more. */
export function canonicalPath(path: string, service: string): string {
  if (path === '/' || path === '') return '/';
  if (service === 's3') return canonicalS3Path(path);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(encodeRfc3986(part));
  }
  return `/${parts.join('/')}${parts.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** The name by which clients of HTTP/2 sign the host. The gateway reads it as the Host that it is. */
export const AUTHORITY = ':authority';

/** The canonical request of Signature Version 4 ("Create a signed AWS API request", IAM User Guide). */
export function canonicalRequest(request: {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}): string {
  let headers = '';
  for (const name of request.signedHeaders) {
    const values: string[] = [];
    const read = name === AUTHORITY ? 'host' : name;
    for (const [other, value] of request.headers) if (other === read) values.push(value.trim().replace(/ {2,}/g, ' '));
    headers += `${name}:${values.join(',')}\n`;
  }
  return `${request.method}\n${request.path}\n${request.query}\n${headers}\n${request.signedHeaders.join(';')}\n${request.payloadHash}`;
}

/** Node reads headers as Latin-1, so that each character is a byte as it was sent. */
function bytesOf(canonical: string): string | Uint8Array {
  return /[\x80-\xff]/.test(canonical) ? Buffer.from(canonical, 'latin1') : canonical;
}

export function stringToSign(amzDate: string, scope: CredentialScope, canonical: string): string {
  return `AWS4-HMAC-SHA256\n${amzDate}\n${scopeText(scope)}\n${sha256(bytesOf(canonical))}`;
}
