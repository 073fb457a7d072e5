import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { CredentialStore } from '../core/credentials.js';
import type { HttpRequest } from '../core/http.js';
import { authenticate, readSignature, verifyHead } from './authentication.js';
import { Sha256 } from './fixtures/sha256.js';
import { encodeRfc3986 } from './signature.js';

const NOW = Date.UTC(2026, 10, 23, 12);
const CREDENTIALS = { accessKeyId: 'GOBLET000000000000', secretAccessKey: 'secret' };

const store: CredentialStore = {
  find: async (id) =>
    id === CREDENTIALS.accessKeyId
      ? { principal: { kind: 'root', account: '000000000000' }, secretAccessKey: CREDENTIALS.secretAccessKey }
      : undefined,
  issue: () => Promise.reject(new Error('not asked for')),
};

type HttpRequestToSign = Parameters<SignatureV4['presign']>[0];

interface Plain {
  readonly method: string;
  /** Escaped, as it is sent. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function queryText(query: Plain['query']): string {
  return Object.entries(query)
    .flatMap(([name, values]) => [values].flat().map((value) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`))
    .join('&');
}

function signer(service: string) {
  return new SignatureV4({
    service,
    region: 'eu-west-1',
    credentials: CREDENTIALS,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
}

function received(request: Plain & { readonly headers: Readonly<Record<string, string>> }): HttpRequest {
  return {
    method: request.method,
    path: request.path,
    query: queryText(request.query),
    headers: Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const),
    body: Buffer.from(request.body),
    sourceIp: '127.0.0.1',
    signal: new AbortController().signal,
  };
}

/** The request as the SDK's own signer sends it. */
async function sign(plain: Plain, service: string, time = NOW): Promise<HttpRequest> {
  const request = {
    ...plain,
    protocol: 'http:',
    hostname: '127.0.0.1',
    headers: { host: '127.0.0.1:4566', ...plain.headers },
  };
  const signed: { headers: Record<string, string> } = await signer(service).sign(request as HttpRequestToSign, {
    signingDate: new Date(time),
  });
  return received({ ...plain, headers: signed.headers });
}

async function verify(request: HttpRequest, now = NOW) {
  const signature = readSignature(request);
  if (!signature || typeof signature === 'string') throw new Error(`the signature is ${signature ?? 'missing'}`);
  const family = signature.scope.service === 's3' ? 'rest-xml' : 'json';
  return authenticate(request, signature, store, now, family);
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const segment = text.filter((one) => one !== '' && one !== '.' && one !== '..');
const plainRequest = (service: string): fc.Arbitrary<Plain> =>
  fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
    path: fc
      .array(service === 's3' ? fc.oneof(segment, fc.constant('')) : segment, { maxLength: 4 })
      .map((parts) => `/${parts.map(encodeRfc3986).join('/')}`),
    query: fc.dictionary(
      // The signer itself loses a parameter of the name `__proto__`.
      text.filter((name) => name !== '' && name !== '__proto__' && !/^x-amz-/i.test(name)),
      fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
      { maxKeys: 4, noNullPrototype: true },
    ),
    headers: fc.constantFrom(
      {},
      { 'x-amz-target': 'A.B' },
      { 'content-type': 'text/plain; charset="utf-8"' },
      { 'x-amz-meta-a': ' two  blanks ' },
    ),
    body: text,
  }) as fc.Arbitrary<Plain>;

test.each(['dynamodb', 's3', 'lambda'])('what the SDK signs for %s is verified', async (service) => {
  await fc.assert(
    fc.asyncProperty(plainRequest(service), async (plain) => {
      const { principal } = await verify(await sign(plain, service));
      expect(principal).toEqual({ kind: 'root', account: '000000000000' });
    }),
    { numRuns: propertyRuns(300) },
  );
});

test('a request that was changed after it was signed is refused', async () => {
  const change = fc.constantFrom<(request: HttpRequest) => HttpRequest>(
    (request) => ({ ...request, method: request.method === 'GET' ? 'PUT' : 'GET' }),
    (request) => ({ ...request, path: `${request.path}x` }),
    (request) => ({ ...request, query: `${request.query}&more=1` }),
    (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from('x')]) }),
    (request) => ({ ...request, headers: [...request.headers, ['x-amz-target', 'C.D']] }),
    (request) => ({
      ...request,
      headers: request.headers.map(([n, v]) => [n, n === 'host' ? 'localhost' : v] as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(plainRequest('dynamodb'), change, async (plain, changed) => {
      await expect(verify(changed(await sign(plain, 'dynamodb')))).rejects.toMatchObject({
        code: 'InvalidSignatureException',
      });
    }),
    { numRuns: propertyRuns(100) },
  );
});

const SIMPLE: Plain = { method: 'GET', path: '/', query: {}, headers: {}, body: '' };

test.each([
  [-6, /^Signature expired: 20261123T115400Z is now earlier than 20261123T115500Z \(20261123T120000Z - 5 min\.\)$/],
  [6, /^Signature not yet current: 20261123T120600Z is still later than 20261123T120500Z/],
])('a clock that is %s minutes off is refused', async (minutes, message) => {
  await expect(verify(await sign(SIMPLE, 'dynamodb', NOW + minutes * 60_000))).rejects.toMatchObject({
    code: 'InvalidSignatureException',
    message: expect.stringMatching(message),
  });
});

test('a clock that is four minutes off is accepted', async () => {
  await verify(await sign(SIMPLE, 'dynamodb', NOW - 240_000));
  await verify(await sign(SIMPLE, 'dynamodb', NOW + 240_000));
});

test('a key that nobody has is refused', async () => {
  const request = await sign(SIMPLE, 'dynamodb');
  const headers = request.headers.map(
    ([name, value]) => [name, value.replace(CREDENTIALS.accessKeyId, 'AKIAOTHER')] as const,
  );
  await expect(verify({ ...request, headers })).rejects.toMatchObject({ code: 'UnrecognizedClientException' });
});

async function presign(plain: Plain, expiresIn: number): Promise<HttpRequest> {
  const request = {
    ...plain,
    protocol: 'http:',
    hostname: '127.0.0.1',
    headers: { host: '127.0.0.1:4566', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  };
  const { query, headers } = await signer('s3').presign(request as HttpRequestToSign, {
    signingDate: new Date(NOW),
    expiresIn,
  });
  return received({ ...plain, headers, query: (query ?? {}) as Record<string, string> });
}

test('a presigned URL holds until it expires', async () => {
  const request = await presign({ ...SIMPLE, path: '/bucket/a%20key', query: { 'response-content-type': 'a/b' } }, 60);
  await verify(request, NOW + 59_000);
  await expect(verify(request, NOW + 61_000)).rejects.toMatchObject({
    code: 'AccessDenied',
    message: 'Request has expired',
  });
});

test('a presigned URL for one key opens no other', async () => {
  const request = await presign({ ...SIMPLE, path: '/bucket/key' }, 60);
  await expect(verify({ ...request, path: '/bucket/other' })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test.each([
  'X-Amz-Signature=00',
  'X-Amz-Credential=other',
  'X-Amz-Expires=604800',
  'X-Amz-Security-Token=a&X-Amz-Security-Token=b',
  '%58-Amz-Signature=00',
])('a presigned URL with a second %s is malformed', async (parameter) => {
  const request = await presign({ ...SIMPLE, path: '/bucket/key' }, 60);
  for (const query of [`${request.query}&${parameter}`, `${parameter}&${request.query}`]) {
    expect(readSignature({ ...request, query })).toBe('malformedQuery');
  }
});

test('the head alone tells a wrong signature where it names the hash of the body', async () => {
  const { body: _, ...head } = await sign({ ...SIMPLE, body: 'large' }, 's3');
  const signature = readSignature(head);
  if (!signature || typeof signature === 'string') throw new Error('a signature');
  const verified = await verifyHead(head, signature, store, NOW, 'rest-xml');
  expect(verified).toMatchObject({ kind: 'verified', payload: { kind: 'hashed' } });
  const other = verifyHead({ ...head, path: '/other' }, signature, store, NOW, 'rest-xml');
  await expect(other).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test.each([
  'AWS4-HMAC-SHA256 nonsense',
  'Basic abc',
  'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00',
])('the authorization "%s" is malformed', (authorization) => {
  const headers = [['authorization', authorization] as const, ['x-amz-date', '20261123T120000Z'] as const];
  expect(readSignature({ ...received(SIMPLE), headers })).toBe('malformed');
});
