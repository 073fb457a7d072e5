import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValue, encodeValue, upgradedValue, ValueDamaged } from './stored-value.js';

const FIRST_JSON = Buffer.concat([Buffer.from([0]), Buffer.from('{"a":1}')]);

test('no wrong byte, no missing byte and no other key gives a value', () => {
  const value = fc.oneof(fc.jsonValue(), fc.uint8Array({ maxLength: 50 }));
  fc.assert(
    fc.property(fc.string(), value, fc.nat(), fc.integer({ min: 1, max: 255 }), (key, value, place, change) => {
      const stored = encodeValue(key, value);
      const flipped = Uint8Array.from(stored);
      const at = place % stored.length;
      flipped[at] = (flipped[at] ?? 0) ^ change;
      expect(() => decodeValue(key, flipped)).toThrow(ValueDamaged);
      expect(() => decodeValue(key, stored.subarray(0, at))).toThrow(ValueDamaged);
      expect(() => decodeValue(`${key}x`, stored)).toThrow(ValueDamaged);
    }),
  );
});

test('a wrong kind does not give JSON out as bytes', () => {
  const stored = encodeValue('k', { a: 1 });
  stored[0] = encodeValue('k', Uint8Array.of(1))[0] ?? 0;
  expect(() => decodeValue('k', stored)).toThrow(ValueDamaged);
});

test('values of the first format are upgraded once, and not read as they are', () => {
  expect(() => decodeValue('k', FIRST_JSON)).toThrow(ValueDamaged);
  const json = upgradedValue('k', FIRST_JSON);
  const bytes = upgradedValue('k', Uint8Array.of(1, 7, 8));
  if (!json || !bytes) throw new Error('not upgraded');
  expect(decodeValue('k', json)).toEqual({ a: 1 });
  expect([...(decodeValue('k', bytes) as Uint8Array)]).toEqual([7, 8]);
  expect(upgradedValue('k', json)).toBeUndefined();
});
