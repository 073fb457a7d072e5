import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { drain } from './drain.js';

const listening = (server: Server, port = 0) =>
  new Promise<number>((resolve) =>
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

test('what comes on an open connection after the drain is answered by whoever listens now, and ends the connection', async () => {
  const before = createServer((_incoming, outgoing) => outgoing.end('before'));
  const port = await listening(before);
  await using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
    [Symbol.asyncDispose]: async () => agent.destroy(),
  });
  const ask = (body?: string) =>
    new Promise<string>((resolve, reject) => {
      const outgoing = request({ agent, port, method: body ? 'POST' : 'GET' }, async (incoming) => {
        resolve(`${incoming.statusCode} ${incoming.headers.connection} ${await text(incoming)}`);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  expect(await ask()).toBe('200 keep-alive before');
  const drained = new Promise<void>((resolve) => drain(before, resolve));
  const after = createServer(async (incoming, outgoing) =>
    outgoing.writeHead(201).end(`after ${await text(incoming)}`),
  );
  await listening(after, port);
  expect(await ask('body')).toBe('201 close after body');
  await drained;
  expect(await ask()).toMatch(/^201 keep-alive after/);
  after.close();
  after.closeAllConnections();
});
