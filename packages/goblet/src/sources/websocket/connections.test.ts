import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConnectionGone, ConnectionRefused, connections } from '../../index.js';
import { encoded, signedHeaders } from './signature.js';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A Management API that answers so, and what it was asked. */
async function managementApi(status: number, body = '') {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { asked, callbackUrl, [Symbol.asyncDispose]: close };
}

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/+=', sessionToken: 'token/+=' };

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', credentials.sessionToken);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The hash that the SDK's signer asks for, with a key an HMAC. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

test('a request is signed as the SDK signs it, whatever the connection is called', async () => {
  const time = new Date('2026-01-02T03:04:05Z');
  const service = 'execute-api';
  const region = 'eu-west-1';
  const ids = fc.string({ unit: 'grapheme', minLength: 1 }).filter((id) => !/^\.{1,2}$/.test(id));
  const tokens = fc.option(fc.constant('token/+='), { nil: undefined });
  const methods = fc.constantFrom('POST', 'GET', 'DELETE');
  await fc.assert(
    fc.asyncProperty(ids, fc.string({ unit: 'grapheme' }), methods, tokens, async (id, body, method, sessionToken) => {
      const { accessKeyId, secretAccessKey } = credentials;
      const keys = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
      const sdk = new SignatureV4({
        service,
        region,
        credentials: keys,
        sha256: Sha256 as never,
        applyChecksum: false,
      });
      const url = new URL(`https://a.execute-api.eu-west-1.amazonaws.com/prod/@connections/${encoded(id)}`);
      const { hostname, pathname: path, host } = url;
      const request = { method, protocol: 'https:', hostname, path, query: {}, headers: { host }, body };
      const { headers } = await sdk.sign(request, { signingDate: time });
      const own = { accessKeyId, secretAccessKey, sessionToken };
      expect(signedHeaders({ method, url, body, service, region, credentials: own, time }).authorization).toBe(
        headers.authorization,
      );
    }),
  );
});

test('text is posted as it is, and anything else as JSON, to the connection under its stage', async () => {
  await using api = await managementApi(200);
  const reached = connections(`${api.callbackUrl}/`);
  await reached.send('L0SM9cOFvHcCIhw=', 'hëllo');
  await reached.send('a/b', { text: 'hello' });
  await reached.send('c', null);
  expect(api.asked.map(({ method, url, body }) => [method, url, body])).toEqual([
    ['POST', '/prod/@connections/L0SM9cOFvHcCIhw%3D', 'hëllo'],
    ['POST', '/prod/@connections/a%2Fb', '{"text":"hello"}'],
    ['POST', '/prod/@connections/c', 'null'],
  ]);
  expect(api.asked[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[\da-f]{64}$/,
    ),
    'x-amz-security-token': credentials.sessionToken,
  });
});

test('a connection is closed', async () => {
  await using api = await managementApi(204);
  await connections(api.callbackUrl).close('a');
  expect(api.asked).toMatchObject([{ method: 'DELETE', url: '/prod/@connections/a', body: '' }]);
});

test('what API Gateway knows of a connection is told', async () => {
  const known = {
    connectedAt: '2026-01-02T03:04:05.678Z',
    identity: { sourceIp: '203.0.113.7', userAgent: 'wscat' },
    lastActiveAt: '2026-01-02T04:04:05.678Z',
  };
  await using api = await managementApi(200, JSON.stringify(known));
  expect(await connections(api.callbackUrl).info('a')).toEqual({
    connectedAt: new Date(known.connectedAt),
    lastActiveAt: new Date(known.lastActiveAt),
    ...known.identity,
  });
  expect(api.asked).toMatchObject([{ method: 'GET' }]);
});

test('a connection that is gone is an error of its own, with its id', async () => {
  await using api = await managementApi(410);
  const { send, close, info } = connections(api.callbackUrl);
  for (const reach of [() => send('a=', 'x'), () => close('a='), () => info('a=')]) {
    const error = await reach().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionGone);
    expect(error).toMatchObject({
      code: 'GOBLET_CONNECTION_GONE',
      connectionId: 'a=',
      message: 'GOBLET_CONNECTION_GONE: the connection a= is gone',
    });
  }
});

test.for([400, 403, 413, 429, 500, 302])(
  'what API Gateway refuses by %i has its status and its words',
  async (status) => {
    await using api = await managementApi(status, '{"message":"why"}');
    const error = await connections(api.callbackUrl)
      .send('a', 'x')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionRefused);
    expect(error).toMatchObject({
      code: 'GOBLET_CONNECTION_REFUSED',
      status,
      connectionId: 'a',
      message: expect.stringContaining('{"message":"why"}'),
    });
  },
);

test.for([undefined, () => 1, new Uint8Array(2), Symbol('s')])(
  'what is neither text nor JSON is refused before it is sent: %s',
  async (data) => {
    await using api = await managementApi(200);
    await expect(connections(api.callbackUrl).send('a', data)).rejects.toThrow('GOBLET_CONNECTION_DATA');
    expect(api.asked).toEqual([]);
  },
);

test.for(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'])(
  'nothing is sent without %s',
  async (variable) => {
    vi.stubEnv(variable, undefined);
    await using api = await managementApi(200);
    await expect(connections(api.callbackUrl).send('a', 'x')).rejects.toThrow('GOBLET_CONNECTION_CREDENTIALS');
    expect(api.asked).toEqual([]);
  },
);

test.for(['', 'wss://a.execute-api.eu-west-1.amazonaws.com/prod', 'a.execute-api.eu-west-1.amazonaws.com/prod'])(
  'a callback URL that is none is refused at once: %j',
  (callbackUrl) => {
    expect(() => connections(callbackUrl)).toThrow(`GOBLET_CONNECTION_URL: ${JSON.stringify(callbackUrl)}`);
  },
);
