import { randomBytes } from 'node:crypto';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { answerTo, connectRaw, type RawConnection } from '../processes/raw-connection.ts';
import { type CloudProcess, startCloudProcess } from './cloud-with-client.ts';
import { FRAMINGS, SMUGGLED } from './framings.ts';

const HOST = 'Host: 127.0.0.1';
const request = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, HOST, ...headers].join('\r\n')}\r\n\r\n`;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('one cloud, whatever is sent to it', () => {
  let cloud: CloudProcess;
  let ssm: SSMClient;
  let end = async () => {};

  beforeAll(async () => {
    cloud = await startCloudProcess(undefined, (ends) => {
      end = ends;
    });
    ssm = new SSMClient({ ...cloud.client, maxAttempts: 1 });
    await ssm.send(new PutParameterCommand({ Name: '/alive', Value: 'and right', Type: 'String' }));
  });

  afterAll(() => end());

  // After each, and after all of them: the cloud is there, and what it says is right.
  beforeEach(() => {
    onTestFinished(async () => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/alive' }));
      expect(Parameter?.Value).toBe('and right');
      expect(await (await fetch(`${cloud.endpoint}/_goblet/health`)).json()).toMatchObject({ goblet: 'cloud' });
      expect(cloud.process.output).not.toMatch(/InternalFailure|failed: |Unhandled/);
    });
  });

  test.each(FRAMINGS)('smuggling: $name is $expected', async ({ bytes, expected }) => {
    using connection = await connectRaw(cloud.endpoint);
    connection.send(bytes);
    if (expected === 'refused') {
      const text = await connection.closed();
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(count(text, /HTTP\/1\.1 /g)).toBe(1);
      return;
    }
    if (expected === 'whole') {
      await connection.until(/\}$/);
      connection.send(request('GET /_goblet/health', 'Connection: close'));
      // The smuggled text was a body: two answers to two requests.
      expect(count(await connection.closed(), /HTTP\/1\.1 /g)).toBe(2);
      return;
    }
    const text = await connection.until(/"iam":"enforce"\}$/);
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*MissingAuthenticationToken[\s\S]*HTTP\/1\.1 200 OK/);
    expect(count(text, /HTTP\/1\.1 /g)).toBe(2);
  });

  test('200 requests on one connection are answered in order', async () => {
    using connection = await connectRaw(cloud.endpoint);
    const [served, missing] = [request('GET /_goblet/health'), request('GET /bucket/key')];
    // No two places of this row look alike from their neighbours on.
    const row = Array.from({ length: 200 }, (_, i) => ((i * i * i + i) % 11 < 5 ? '200' : '404'));
    connection.send(row.map((status) => (status === '200' ? served : missing)).join(''));
    connection.send(request('GET /_goblet/health', 'Connection: close'));
    const text = await connection.closed();
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([...row, '200']);
  });

  test('1,000 connections at once are each answered', async () => {
    const get = async () => (await answerTo(cloud.endpoint, request('GET /_goblet/health'))).slice(9, 12);
    expect(new Set(await Promise.all(Array.from({ length: 1_000 }, get)))).toEqual(new Set(['200']));
  });

  test('connections that say nothing, or a byte at a time, keep nobody waiting', async () => {
    const idle = await Promise.all(Array.from({ length: 300 }, () => connectRaw(cloud.endpoint)));
    onTestFinished(() => {
      for (const connection of idle) connection[Symbol.dispose]();
    });
    for (const byte of request('GET /_goblet/health'))
      for (const connection of idle.slice(0, 50)) connection.send(byte);
    expect(await answerTo(cloud.endpoint, request('GET /_goblet/health'))).toBe('HTTP/1.1 200 OK');
    await Promise.all(idle.slice(0, 50).map((connection) => connection.until(/^HTTP\/1\.1 200 /)));
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', Buffer.from('16030100a5010000a10303', 'hex')],
    ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['random bytes', randomBytes(10_000)],
    ['a method of its own', request('BREW /pot')],
    ['another version', 'GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n'],
    ['no host', 'GET /_goblet/health HTTP/1.1\r\n\r\n'],
    ['a whole URL', request('GET http://evil.example/_goblet/health')],
    ['a target with a blank', request('GET /a b')],
  ])('%s is answered with 400', async (_, bytes) => {
    expect(await answerTo(cloud.endpoint, bytes)).toBe('HTTP/1.1 400 Bad Request');
  });

  test('a tunnel is not made', async () => {
    using connection = await connectRaw(cloud.endpoint);
    connection.send(`CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n\r\n`);
    expect(await connection.closed()).not.toMatch(/^HTTP\/1\.1 2/);
  });

  test.each([
    ['a long address', request(`GET /${'a'.repeat(100_000)}`)],
    ['a long header', request('GET /', `X-A: ${'a'.repeat(100_000)}`)],
    ['many headers', request('GET /', ...Array.from({ length: 20_000 }, (_, i) => `X-${i}: a`))],
  ])('%s is answered with 431', async (_, bytes) => {
    expect(await answerTo(cloud.endpoint, bytes)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
  });

  test.each([
    ['evil.example', '403'],
    ['127.0.0.1.evil.example', '403'],
    ['localhost.evil.example', '403'],
    ['evil.amazonaws.com', '403'],
    ['ec2-1-2-3-4.compute.amazonaws.com', '403'],
    ['abc.lambda-url.eu-west-1.on.aws', '403'],
    ['169.254.169.254', '403'],
    ['localhost', '200'],
    ['[::1]', '200'],
    ['127.0.0.1:80', '200'],
  ])('the host %s is answered with %s', async (host, status) => {
    const bytes = `GET /_goblet/health HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    expect((await answerTo(cloud.endpoint, bytes)).slice(9, 12)).toBe(status);
  });

  test('a body without a signature is refused before it comes, whatever it says of its size', async () => {
    using connection = await connectRaw(cloud.endpoint);
    connection.send(request('POST /', 'Content-Length: 99999999999'));
    expect(await connection.until(/\}$/)).toMatch(/^HTTP\/1\.1 400 [\s\S]*MissingAuthenticationTokenException/);
  });

  test('a signed body over the limit gets its 413', async () => {
    const Value = 'x'.repeat(17 * 1024 * 1024);
    await expect(ssm.send(new PutParameterCommand({ Name: '/large', Value, Type: 'String' }))).rejects.toMatchObject({
      name: 'RequestEntityTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  test('clients that go away in the middle of anything are no failure', async () => {
    const starts = [
      '',
      'GET',
      'GET / HTTP/1.1\r\nHost',
      request('POST /', 'Content-Length: 10'),
      `${request('POST /', 'Transfer-Encoding: chunked')}5\r\nhe`,
      request('GET /_goblet/health'),
      SMUGGLED.repeat(50),
    ];
    const connections: RawConnection[] = [];
    for (const start of starts) {
      for (let i = 0; i < 20; i++) {
        const connection = await connectRaw(cloud.endpoint);
        connection.send(start);
        connections.push(connection);
      }
    }
    for (const connection of connections) connection[Symbol.dispose]();
  });
});
