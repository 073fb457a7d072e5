import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeaderFields, MessageReader } from './http-message.js';

interface Message {
  readonly start: string;
  readonly headers: HeaderFields;
  readonly body: string;
  readonly trailers: HeaderFields;
}

function read(bytes: Buffer, cuts: readonly number[]): Message[] {
  const messages: Message[] = [];
  let current: { start: string; headers: HeaderFields; chunks: Buffer[] } | undefined;
  const reader = new MessageReader({
    head: (start, headers) => {
      current = { start, headers, chunks: [] };
    },
    body: (chunk) => current?.chunks.push(Buffer.from(chunk)),
    end: (trailers) => {
      if (!current) throw new Error('an end without a head');
      const { start, headers, chunks } = current;
      messages.push({
        start,
        headers: { ...headers },
        body: Buffer.concat(chunks).toString(),
        trailers: { ...trailers },
      });
      current = undefined;
    },
  });
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i++) reader.push(Buffer.from(bytes.subarray(places[i - 1], places[i])));
  return messages;
}

const parts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 4 });
const message = fc.record({ chunked: fc.boolean(), parts, trailer: fc.boolean() });

function encode({ chunked, parts, trailer }: { chunked: boolean; parts: readonly string[]; trailer: boolean }): string {
  if (!chunked) {
    const body = parts.join('');
    return `POST /a HTTP/1.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Name:  value \r\n\r\n${body}`;
  }
  const chunks = parts
    .filter((part) => part !== '')
    .map((part) => `${Buffer.byteLength(part).toString(16)};ext=1\r\n${part}\r\n`);
  return `POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n${trailer ? 'X-End: yes\r\n' : ''}\r\n`;
}

test('messages are the same however their bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (all, cuts) => {
        const bytes = Buffer.from(all.map(encode).join(''));
        const messages = read(bytes, cuts);
        expect(messages.map(({ body }) => body)).toEqual(all.map((each) => each.parts.join('')));
        expect(messages.map(({ trailers }) => trailers)).toEqual(
          all.map(({ chunked, trailer }) => (chunked && trailer ? { 'x-end': 'yes' } : {})),
        );
        expect(messages).toEqual(read(bytes, []));
      },
    ),
  );
});

test('what is no HTTP message is refused', () => {
  const push = (text: string) => () => read(Buffer.from(text), []);
  expect(push('POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n')).toThrow('content-length');
  expect(push('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')).toThrow('no size');
  expect(push('x'.repeat(70_000))).toThrow('too long');
});
