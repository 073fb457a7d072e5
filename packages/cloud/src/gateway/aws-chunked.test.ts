import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectBytes } from '../core/bytes.js';
import { type ChunkedBody, type ChunkSigning, decodeAwsChunked } from './aws-chunked.js';
import { EMPTY_SHA256, hmac, scopeText, sha256, signingKey } from './signature.js';

const scope = { accessKeyId: 'a', date: '20261123', region: 'eu-west-1', service: 's3' };
const signing: ChunkSigning = {
  key: signingKey('secret', scope),
  scope,
  amzDate: '20261123T120000Z',
  seed: '0'.repeat(64),
};

function frame(chunks: readonly Uint8Array[], trailer = ''): Buffer {
  const framed = chunks.map((chunk) =>
    Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
  );
  return Buffer.concat([...framed, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

function sign(lines: readonly string[]): string {
  return hmac(signing.key, lines.join('\n')).toString('hex');
}

/** As "Signature calculations for the authorization header: transferring payload in multiple chunks" has it. */
function frameSigned(chunks: readonly Uint8Array[], trailer?: readonly [name: string, value: string]): Buffer {
  let previous = signing.seed;
  const place = [signing.amzDate, scopeText(scope)];
  const framed = [...chunks, new Uint8Array(0)].map((chunk) => {
    previous = sign(['AWS4-HMAC-SHA256-PAYLOAD', ...place, previous, EMPTY_SHA256, sha256(chunk)]);
    const line = `${chunk.length.toString(16)};chunk-signature=${previous}\r\n`;
    const end = chunk.length > 0 || !trailer ? '\r\n' : '';
    return Buffer.concat([Buffer.from(line), chunk, Buffer.from(end)]);
  });
  if (!trailer) return Buffer.concat(framed);
  const [name, value] = trailer;
  const signature = sign(['AWS4-HMAC-SHA256-TRAILER', ...place, previous, sha256(`${name}:${value}\n`)]);
  return Buffer.concat([...framed, Buffer.from(`${name}:${value}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`)]);
}

/** The bytes as a socket may give them: cut anywhere. */
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(framed: Uint8Array, options: ChunkedBody = {}, size = framed.length || 1) {
  const body = decodeAwsChunked(cut(framed, size), options);
  return { body: (await collectBytes(body)) ?? new Uint8Array(0), trailers: body.trailers };
}

const chunksOf = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 5 });
const pieceSize = fc.integer({ min: 1, max: 300 });
const CHECKSUM = 'x-amz-checksum-crc32';

test('what is framed comes out as it was, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(chunksOf, pieceSize, async (chunks, size) => {
      const { body } = await decode(frame(chunks), {}, size);
      expect(Buffer.from(body).equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

test('trailers are read', async () => {
  const framed = frame([Buffer.from('a')], 'x-amz-checksum-crc32:AAAAAA==\r\n');
  const { trailers } = await decode(framed, { announced: [CHECKSUM] });
  expect(trailers).toEqual([[CHECKSUM, 'AAAAAA==']]);
});

test.each([
  ['does not come', [CHECKSUM], ''],
  ['is another', [CHECKSUM], 'x-amz-checksum-sha256:AAAAAA==\r\n'],
  ['was not announced', [], 'x-amz-checksum-crc32:AAAAAA==\r\n'],
  ['is no header', [CHECKSUM], 'nonsense\r\n'],
  ['comes twice', [CHECKSUM], 'x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:AAAAAA==\r\n'],
])('a trailer that %s is refused', async (_, announced, trailer) => {
  await expect(decode(frame([Buffer.from('a')], trailer), { announced })).rejects.toMatchObject({
    code: 'MalformedTrailerError',
    status: 400,
  });
});

test('signed chunks are verified one by one', async () => {
  await fc.assert(
    fc.asyncProperty(chunksOf, pieceSize, async (chunks, size) => {
      const { body } = await decode(frameSigned(chunks), { signing }, size);
      expect(Buffer.from(body).equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

test('a signed chunk that was changed is refused', async () => {
  const framed = frameSigned([Buffer.from('hello'), Buffer.from('world')]);
  const changed = Buffer.from(framed.toString('latin1').replace('world', 'earth'), 'latin1');
  await expect(decode(changed, { signing })).rejects.toThrow('The signature of a chunk of the body does not match');
});

test('a signed trailer is verified', async () => {
  const framed = frameSigned([Buffer.from('hello')], [CHECKSUM, 'AAAAAA==']);
  const options = { signing, announced: [CHECKSUM] };
  expect((await decode(framed, options)).trailers).toEqual([[CHECKSUM, 'AAAAAA==']]);
  const changed = Buffer.from(framed.toString('latin1').replace('AAAAAA', 'BBBBBB'), 'latin1');
  await expect(decode(changed, options)).rejects.toThrow('The signature of the trailer does not match');
});

test('no bytes but those of a frame are taken for one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      await decode(bytes).catch((error: unknown) => expect(error).toMatchObject({ code: 'IncompleteBody' }));
    }),
  );
});

test('a body that is cut off is refused', async () => {
  const framed = frame([Buffer.from('hello')]);
  for (let length = 0; length < framed.length - 4; length++) {
    await expect(decode(framed.subarray(0, length))).rejects.toThrow('terminated unexpectedly');
  }
});

test('a line without an end is not held', async () => {
  await expect(decode(Buffer.from('a'.repeat(5_000)), {}, 100)).rejects.toThrow('terminated unexpectedly');
});
