import { timingSafeEqual } from 'node:crypto';
import type { CredentialStore } from '../core/credentials.js';
import { defined } from '../core/defined.js';
import { type HttpRequest, header, type RequestHead } from '../core/http.js';
import type { Principal } from '../core/principal.js';
import type { ProtocolFamily } from '../core/service.js';
import { authenticationError } from './authentication-error.js';
import { hexBytes } from './hex-bytes.js';
import { isoSeconds } from './iso-seconds.js';
import {
  AUTHORITY,
  type CredentialScope,
  canonicalPath,
  canonicalQuery,
  canonicalRequest,
  hmac,
  sha256,
  signingKey,
  stringToSign,
} from './signature.js';

/** A signature as the request carries it, in a header or in the query. */
export interface SignedRequest {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261123T232327Z` */
  readonly amzDate: string;
  readonly sessionToken?: string;
  /** Seconds a presigned URL lives; none for a header. */
  readonly expires?: number;
  readonly presigned: boolean;
  /** The hash of the body as a presigned URL states it. */
  readonly payload?: string;
}

/** The facts about a verified request. */
export interface Authenticated {
  readonly principal: Principal;
  /** Of the signature; chunks of a streamed body are signed onwards from it. */
  readonly signature: string;
  readonly signingKey: Uint8Array;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const HEADER_SKEW = 5 * 60_000;
const S3_SKEW = 15 * 60_000;

function scopeOf(credential: string | undefined): CredentialScope | undefined {
  const parts = credential?.split('/') ?? [];
  if (parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [date, region, service] = parts.slice(-4);
  if (!date || !region || !service) return undefined;
  return { accessKeyId: parts.slice(0, -4).join('/'), date, region, service };
}

function fromHeader(request: RequestHead, authorization: string): SignedRequest | undefined {
  const fields = new Map<string, string>();
  for (const field of authorization.slice(ALGORITHM.length).split(',')) {
    const equals = field.indexOf('=');
    if (equals !== -1) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const scope = scopeOf(fields.get('Credential'));
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  const amzDate = header(request, 'x-amz-date') ?? dateHeader(request);
  if (!scope || !signedHeaders || !signature || !amzDate) return undefined;
  const sessionToken = header(request, 'x-amz-security-token');
  return {
    scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    amzDate,
    ...defined({ sessionToken }),
    presigned: false,
  };
}

function dateHeader(request: RequestHead): string | undefined {
  const time = Date.parse(header(request, 'date') ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Parameters of a presigned URL. Each counts once: of two, a reader could take the one that was not verified. */
const QUERY_PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Content-Sha256',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
];

function fromQuery(query: URLSearchParams): SignedRequest | undefined {
  if (QUERY_PARAMETERS.some((name) => query.getAll(name).length > 1)) return undefined;
  const scope = scopeOf(query.get('X-Amz-Credential') ?? undefined);
  const signedHeaders = query.get('X-Amz-SignedHeaders');
  const signature = query.get('X-Amz-Signature');
  const amzDate = query.get('X-Amz-Date');
  const expires = Number(query.get('X-Amz-Expires'));
  if (!scope || !signedHeaders || !signature || !amzDate || !(expires >= 0 && expires <= 604_800)) return undefined;
  const sessionToken = query.get('X-Amz-Security-Token');
  const payload = query.get('X-Amz-Content-Sha256');
  return {
    scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    amzDate,
    ...(sessionToken !== null && { sessionToken }),
    expires,
    presigned: true,
    ...(payload !== null && { payload }),
  };
}

/** A signature that cannot be read, by where it stands. */
export type MalformedSignature = 'malformed' | 'malformedQuery';

/** Reads the signature of a request; undefined for an unsigned one. */
export function readSignature(request: RequestHead): SignedRequest | MalformedSignature | undefined {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    if (!authorization.startsWith(`${ALGORITHM} `)) return 'malformed';
    return fromHeader(request, authorization) ?? 'malformed';
  }
  if (request.query.includes('X-Amz-Algorithm=')) {
    return fromQuery(new URLSearchParams(request.query)) ?? 'malformedQuery';
  }
  return undefined;
}

function timeOf(amzDate: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate)?.map(Number) ?? [];
  return Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day, hour, minute, second);
}

/** When a request was signed, in epoch milliseconds. */
export function signatureTime({ amzDate }: SignedRequest): number {
  return timeOf(amzDate);
}

const amzDateOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

function checkTime(signed: SignedRequest, now: number, family: ProtocolFamily): void {
  const time = timeOf(signed.amzDate);
  if (Number.isNaN(time) || !signed.amzDate.startsWith(signed.scope.date)) {
    throw authenticationError(
      family,
      'incomplete',
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP',
    );
  }
  const skew = family === 'rest-xml' ? S3_SKEW : HEADER_SKEW;
  const minutes = skew / 60_000;
  if (signed.presigned) {
    const { expires = 0 } = signed;
    const end = time + expires * 1000;
    if (now > end) {
      throw authenticationError(family, 'expiredUrl', undefined, {
        'X-Amz-Expires': expires,
        Expires: isoSeconds(end),
        ServerTime: isoSeconds(now),
      });
    }
  } else if (now > time + skew) {
    const detail = `Signature expired: ${signed.amzDate} is now earlier than ${amzDateOf(now - skew)} (${amzDateOf(now)} - ${minutes} min.)`;
    throw authenticationError(family, 'skewed', detail);
  }
  if (time > now + skew) {
    const detail = `Signature not yet current: ${signed.amzDate} is still later than ${amzDateOf(now + skew)} (${amzDateOf(now)} + ${minutes} min.)`;
    throw authenticationError(family, 'skewed', detail);
  }
}

/** Headers that must be signed where they are sent, or a signature could be carried over to another meaning. */
const MUST_SIGN = new Set(['host', 'x-amz-target', 'x-amz-security-token', 'x-amz-copy-source']);

/** S3 wants all of AWS's headers signed; the hash of the body is in the URL of a presigned one. */
function checkSignedByS3({ headers }: RequestHead, { signedHeaders, presigned }: SignedRequest): void {
  const unsigned = headers
    .map(([name]) => name)
    .filter((name) => name.startsWith('x-amz-') && !signedHeaders.includes(name))
    .filter((name) => !presigned || (name !== 'x-amz-content-sha256' && name !== 'x-amz-security-token'));
  if (unsigned.length === 0) return;
  throw authenticationError('rest-xml', 'unsignedHeaders', undefined, { HeadersNotSigned: unsigned.join(', ') });
}

function checkSignedHeaders(request: RequestHead, signed: SignedRequest, family: ProtocolFamily): void {
  for (const [name] of request.headers) {
    if (MUST_SIGN.has(name) && !signed.signedHeaders.includes(name)) {
      if (name === 'host' && signed.signedHeaders.includes(AUTHORITY)) continue;
      if (name === 'x-amz-security-token' && signed.presigned) continue;
      throw authenticationError(family, 'mismatch', `The header ${name} must be signed`);
    }
  }
}

/** The body as the signature describes it: its hash, not signed, or signed in chunks. */
export type Payload =
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'chunked'; readonly content: string };

function payloadOf(request: RequestHead, signed: SignedRequest, family: ProtocolFamily): Payload | undefined {
  const unstated = signed.presigned && family === 'rest-xml' ? 'UNSIGNED-PAYLOAD' : undefined;
  const isSigned = !signed.presigned || signed.signedHeaders.includes('x-amz-content-sha256');
  const sent = isSigned ? header(request, 'x-amz-content-sha256') : undefined;
  const claimed = sent ?? signed.payload ?? unstated;
  if (claimed === undefined) return undefined;
  if (family === 'rest-xml' && claimed === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' };
  if (family === 'rest-xml' && claimed.startsWith('STREAMING-')) return { kind: 'chunked', content: claimed };
  return { kind: 'hashed', sha256: claimed };
}

function claimOf(payload: Payload): string {
  if (payload.kind === 'hashed') return payload.sha256;
  return payload.kind === 'chunked' ? payload.content : 'UNSIGNED-PAYLOAD';
}

/** How far a head alone goes: it is verified, or it is only together with its body, whose hash it does not name. */
export type VerifiedHead =
  | { readonly kind: 'verified'; readonly authenticated: Authenticated; readonly payload: Payload }
  | { readonly kind: 'undecided'; readonly verify: (body: Uint8Array) => Authenticated };

/**
 * Verifies Signature Version 4, in a header or a presigned URL, as far as the head of the request goes: the key, the
 * time and, where the hash of the body is named, the signature.
 *
 * @param family of the service that the request is for: it decides the wording of what is wrong
 * @throws AwsError in the service's words
 */
export async function verifyHead(
  request: RequestHead,
  signed: SignedRequest,
  credentials: Pick<CredentialStore, 'find'>,
  now: number,
  family: ProtocolFamily,
): Promise<VerifiedHead> {
  const found = await credentials.find(signed.scope.accessKeyId);
  const { accessKeyId } = signed.scope;
  if (!found) throw authenticationError(family, 'unknownKey', undefined, { AWSAccessKeyId: accessKeyId });
  if (found.sessionToken !== signed.sessionToken) throw authenticationError(family, 'badToken');
  if (found.expiration !== undefined && found.expiration <= now) throw authenticationError(family, 'expiredToken');
  checkTime(signed, now, family);
  if (family === 'rest-xml') checkSignedByS3(request, signed);
  checkSignedHeaders(request, signed, family);
  const { principal, secretAccessKey } = found;
  const verify = (payloadHash: string): Authenticated => {
    const canonical = canonicalRequest({
      method: request.method,
      path: canonicalPath(request.path, signed.scope.service),
      query: canonicalQuery(request.query, signed.presigned ? 'X-Amz-Signature' : undefined),
      headers: request.headers,
      signedHeaders: signed.signedHeaders,
      payloadHash,
    });
    const key = signingKey(secretAccessKey, signed.scope);
    const text = stringToSign(signed.amzDate, signed.scope, canonical);
    const expected = hmac(key, text);
    const given = Buffer.from(signed.signature, 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw authenticationError(family, 'mismatch', undefined, {
        AWSAccessKeyId: accessKeyId,
        StringToSign: text,
        SignatureProvided: signed.signature,
        StringToSignBytes: hexBytes(text),
        CanonicalRequest: canonical,
        CanonicalRequestBytes: hexBytes(canonical),
      });
    }
    return { principal, signature: signed.signature, signingKey: key };
  };
  const payload = payloadOf(request, signed, family);
  if (payload) return { kind: 'verified', authenticated: verify(claimOf(payload)), payload };
  if (family === 'rest-xml') throw authenticationError(family, 'noPayloadHash');
  return { kind: 'undecided', verify: (body) => verify(sha256(body)) };
}

/**
 * Verifies a request whose body is there.
 *
 * @throws AwsError in the service's words
 */
export async function authenticate(
  request: HttpRequest,
  signed: SignedRequest,
  credentials: Pick<CredentialStore, 'find'>,
  now: number,
  family: ProtocolFamily,
): Promise<Authenticated> {
  const head = await verifyHead(request, signed, credentials, now, family);
  if (head.kind === 'undecided') return head.verify(request.body);
  const { payload, authenticated } = head;
  if (payload.kind === 'hashed' && payload.sha256 !== sha256(request.body)) {
    throw authenticationError(family, 'payload');
  }
  return authenticated;
}
