import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChunkSigning, decodeAwsChunked } from './aws-chunked.js';
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

/** As "Signature calculations for the authorization header: transferring payload in multiple chunks" has it. */
function frameSigned(chunks: readonly Uint8Array[]): Buffer {
  let previous = signing.seed;
  const framed = [...chunks, new Uint8Array(0)].map((chunk) => {
    const head = ['AWS4-HMAC-SHA256-PAYLOAD', signing.amzDate, scopeText(scope), previous, EMPTY_SHA256, sha256(chunk)];
    previous = hmac(signing.key, head.join('\n')).toString('hex');
    const line = `${chunk.length.toString(16)};chunk-signature=${previous}\r\n`;
    return Buffer.concat([Buffer.from(line), chunk, Buffer.from('\r\n')]);
  });
  return Buffer.concat(framed);
}

const chunksOf = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 5 });

test('what is framed comes out as it was', () => {
  fc.assert(
    fc.property(chunksOf, (chunks) => {
      const { body } = decodeAwsChunked(frame(chunks));
      expect(Buffer.from(body).equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

test('trailers are read', () => {
  const { trailers } = decodeAwsChunked(frame([Buffer.from('a')], 'x-amz-checksum-crc32:AAAAAA==\r\n'));
  expect(trailers).toEqual([['x-amz-checksum-crc32', 'AAAAAA==']]);
});

test('signed chunks are verified one by one', () => {
  fc.assert(
    fc.property(chunksOf, (chunks) => {
      const { body } = decodeAwsChunked(frameSigned(chunks), signing);
      expect(Buffer.from(body).equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

test('a signed chunk that was changed is refused', () => {
  const framed = frameSigned([Buffer.from('hello'), Buffer.from('world')]);
  const changed = Buffer.from(framed.toString('latin1').replace('world', 'earth'), 'latin1');
  expect(() => decodeAwsChunked(changed, signing)).toThrow('The signature of a chunk of the body does not match');
});

test('no bytes but those of a frame are taken for one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeAwsChunked(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'IncompleteBody' });
      }
    }),
  );
});

test('a body that is cut off is refused', () => {
  const framed = frame([Buffer.from('hello')]);
  for (let length = 0; length < framed.length - 4; length++) {
    expect(() => decodeAwsChunked(framed.subarray(0, length))).toThrow('terminated unexpectedly');
  }
});
