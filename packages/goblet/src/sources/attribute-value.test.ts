import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAttribute, decodeNumber, encodeAttribute } from './attribute-value.js';

test.for([
  ['0', 0],
  ['-7', -7],
  ['3.14', 3.14],
  ['1.50', 1.5],
  ['1E-7', 1e-7],
  ['-1E+3', -1000],
  ['0.000', 0],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['-12345678901234567890', -12345678901234567890n],
  ['1E+30', 10n ** 30n],
  ['3.14159265358979323846', '3.14159265358979323846'],
  ['0.12345678901234567891', '0.12345678901234567891'],
] as const)('the number %s arrives as %s', ([text, value]) => {
  expect(decodeNumber(text)).toBe(value);
});

test.for(['', ' ', 'x', 'Infinity', 'NaN', '0x'])('%j is no number', (text) => {
  expect(() => decodeNumber(text)).toThrow('GOBLET_RECORD');
});

test('no digit of a number is lost', () => {
  const digits = fc.stringMatching(/^-?[1-9][0-9]{0,18}(\.[0-9]{0,18}[1-9])?$/);
  fc.assert(
    fc.property(digits, (text) => {
      expect(String(decodeNumber(text))).toBe(text);
    }),
  );
});

test.for([
  [{ S: 'Hello' }, 'Hello'],
  [{ N: '123.45' }, 123.45],
  [{ B: 'dGhpcyB0ZXh0IGlzIGJhc2U2NC1lbmNvZGVk' }, new Uint8Array(Buffer.from('this text is base64-encoded'))],
  [{ BOOL: true }, true],
  [{ NULL: true }, null],
  [{ SS: ['Giraffe', 'Hippo'] }, new Set(['Giraffe', 'Hippo'])],
  [{ NS: ['42.2', '-19'] }, new Set([42.2, -19])],
  [{ BS: ['U3Vubnk='] }, new Set([new Uint8Array(Buffer.from('Sunny'))])],
  [{ L: [{ S: 'Cookies' }, { N: '2.5' }] }, ['Cookies', 2.5]],
  [{ M: { Name: { S: 'Joe' }, Age: { N: '35' } } }, { Name: 'Joe', Age: 35 }],
])('%j is %j', ([given, value]) => {
  expect(decodeAttribute(given)).toEqual(value);
});

test.for<unknown>([{}, null, 'S', { X: 1 }, { constructor: 1 }])('%j is no attribute value', (given) => {
  expect(() => decodeAttribute(given)).toThrow('GOBLET_RECORD');
});

test('a name that objects have by nature is an attribute like any other', () => {
  const item = decodeAttribute({ M: JSON.parse('{"__proto__":{"S":"x"},"constructor":{"S":"y"}}') });
  expect(Object.entries(item as object)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
});

test('what a test encodes is what a handler decodes', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((n) => (Number.isInteger(n) ? Math.trunc(n % 2 ** 53) + 0 : n)),
    fc.bigInt({ min: 2n ** 53n, max: 10n ** 38n }),
    fc.uint8Array(),
    fc.array(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
    fc.array(fc.integer(), { minLength: 1 }).map((numbers) => new Set(numbers)),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      const delivered = JSON.parse(JSON.stringify(encodeAttribute(given)));
      expect(decodeAttribute(delivered)).toEqual(given);
    }),
  );
});

test.for([Number.NaN, Number.POSITIVE_INFINITY, undefined, Symbol.iterator, new Date(0), new Set(), new Set(['a', 1])])(
  'a test cannot send %s',
  (value) => {
    expect(() => encodeAttribute(value)).toThrow('GOBLET_TEST_SEND');
  },
);
