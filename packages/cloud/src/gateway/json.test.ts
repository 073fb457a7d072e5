import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './json.js';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const read = (json: string) => readJson(Buffer.from(json));

test('an object of any text is read as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(text, text, { maxKeys: 5 }), (value) => {
      expect(read(JSON.stringify(value))).toEqual({ ...value });
    }),
  );
});

test('both halves of a surrogate pair are one character', () => {
  expect(read('{"a":"\\ud83d\\ude00","b":"\\\\ud800"}')).toEqual({ a: '\u{1f600}', b: '\\ud800' });
});

test.each([
  ['half of a surrogate pair', '{"Key":{"k":{"S":"\\ud800"}}}'],
  ['the second half alone', '{"a":["\\uDC00x"]}'],
  ['half of a pair in a key', '{"\\ud800":1}'],
  ['no JSON', '{'],
  ['no object', '[]'],
  ['a depth without end', `{"a":${'['.repeat(50_000)}`],
])('%s is a SerializationException', (_, json) => {
  expect(() => read(json)).toThrow(expect.objectContaining({ code: 'SerializationException', status: 400 }));
});

test('bytes that are no UTF-8 are a SerializationException', () => {
  const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  expect(() => readJson(body)).toThrow('it is not UTF-8');
});
