import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Front } from '../core/front.js';
import type { RequestHead } from '../core/http.js';
import { testCloud } from '../testing/index.js';
import { FrameGuard } from './frame-guard.js';

/** A front that opens every WebSocket below /open, and answers other requests with their methods. */
function echoing(seen: RequestHead[] = []): Front {
  return {
    ownsHost: (name) => name === 'chat.example.com',
    matches: ({ path }) => path.startsWith('/open'),
    maxBody: 1024,
    handle: async ({ method, body }) => ({
      status: 200,
      headers: [],
      body: `${method} ${Buffer.from(body).toString('utf8')}`,
    }),
    webSockets: {
      takes: async ({ path }) => path === '/open',
      answer: async (request, open) => {
        seen.push(request);
        await open(undefined, (channel) => ({
          active: () => {},
          closed: () => {},
          message: (text) => void channel.send(`echo ${text}`),
        }));
        return 'opened';
      },
    },
  };
}

const cloudWith = (front: Front) =>
  testCloud({
    services: [
      () => ({
        name: 'front',
        signingNames: [],
        protocol: { decode: () => ({ operation: '', input: {} }) } as never,
        operations: new Map(),
        resourceTypes: [],
        fronts: [front],
      }),
    ],
  });

/** The first line of the response to a request that is sent as it is. */
async function sent(port: number, lines: readonly string[], body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    text += chunk;
    if (text.includes('\r\n\r\n')) socket.end();
  });
  await once(socket, 'close');
  return text;
}

const HANDSHAKE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

test('a page of any origin may open a WebSocket of a front, which sees the origin, as on AWS', async () => {
  const seen: RequestHead[] = [];
  await using cloud = await cloudWith(echoing(seen));
  const socket = new WebSocket(`${cloud.endpoint.replace('http', 'ws')}/open`, { origin: 'https://evil.example' });
  await once(socket, 'open');
  socket.send('a');
  const [answer] = await once(socket, 'message');
  expect(String(answer)).toBe('echo a');
  expect(seen[0]?.headers).toContainEqual(['origin', 'https://evil.example']);
});

test('a host that is not the cloud’s opens nothing, so that a page cannot rebind its name to this machine', async () => {
  const seen: RequestHead[] = [];
  await using cloud = await cloudWith(echoing(seen));
  for (const host of ['evil.example', `evil.example:${cloud.port}`]) {
    const answer = await sent(cloud.port, ['GET /open HTTP/1.1', `Host: ${host}`, ...HANDSHAKE]);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  }
  expect(seen).toEqual([]);
  expect(await sent(cloud.port, ['GET /open HTTP/1.1', 'Host: chat.example.com', ...HANDSHAKE])).toMatch(/ 101 /);
});

test('a request with two hosts opens nothing', async () => {
  const seen: RequestHead[] = [];
  await using cloud = await cloudWith(echoing(seen));
  const answer = await sent(cloud.port, ['GET /open HTTP/1.1', 'Host: 127.0.0.1', 'Host: a', ...HANDSHAKE]);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

test('the control plane answers no page that asks for an upgrade', async () => {
  await using cloud = await cloudWith(echoing());
  const page = ['Host: 127.0.0.1', 'Origin: https://evil.example', ...HANDSHAKE];
  expect(await sent(cloud.port, ['GET / HTTP/1.1', ...page])).toMatch(/^HTTP\/1\.1 403 [\s\S]*web pages/);
});

test('a handshake without a key is refused with 400', async () => {
  const seen: RequestHead[] = [];
  await using cloud = await cloudWith(echoing(seen));
  const lines = ['GET /open HTTP/1.1', 'Host: 127.0.0.1', ...HANDSHAKE.slice(0, 3)];
  expect(await sent(cloud.port, lines)).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

test.each([
  ['to another protocol', 'h2c', 'POST', '/open'],
  ['to open a WebSocket where none is', 'websocket', 'GET', '/open/other'],
])('a request %s is answered like any other, with its body', async (_, protocol, method, path) => {
  await using cloud = await cloudWith(echoing());
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade, HTTP2-Settings',
    `Upgrade: ${protocol}`,
    'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Content-Length: 4',
  ];
  expect(await sent(cloud.port, lines, 'body')).toMatch(new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*${method} body$`));
});

test('frames are measured however the bytes are cut', () => {
  const frame = (payload: number): Buffer => {
    const head =
      payload < 126
        ? Buffer.from([0x81, 0x80 | payload])
        : payload < 65_536
          ? Buffer.from([0x81, 0xfe, payload >> 8, payload & 0xff])
          : Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, payload >> 16, (payload >> 8) & 0xff, payload & 0xff]);
    return Buffer.concat([head, Buffer.alloc(4), Buffer.alloc(payload)]);
  };
  const bytes = Buffer.concat([frame(0), frame(125), frame(1000), frame(70_000)]);
  for (const size of [1, 2, 3, 7, 1000, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const wide = new FrameGuard(70_000);
    expect(chunks.some((chunk) => wide.exceeds(chunk))).toBe(false);
    const narrow = new FrameGuard(69_999);
    expect(chunks.some((chunk) => narrow.exceeds(chunk))).toBe(true);
  }
});
