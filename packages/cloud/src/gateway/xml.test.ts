import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from './read-xml.js';
import { writeXml } from './xml.js';

/** Characters that XML can carry, without blanks alone, which stand between elements as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML can not carry
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((one) => /\S/.test(one) && !UNWRITABLE.test(one));
const name = fc.stringMatching(/^[A-Z][A-Za-z]{1,8}$/);

test('text in elements is read as it was written', () => {
  fc.assert(
    fc.property(fc.dictionary(name, text, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (structure) => {
      expect(readXml(Buffer.from(writeXml('Root', structure)))).toEqual(structure);
    }),
  );
});

test('lists are repeated elements, or items of one', () => {
  expect(writeXml('A', { B: ['x', 'y'] })).toBe('<A><B>x</B><B>y</B></A>');
  expect(writeXml('A', { B: ['x', { C: [1] }] }, 'member')).toBe(
    '<A><B><member>x</member><member><C><member>1</member></C></member></B></A>',
  );
});

test('what has no value is left out, and what is empty is not', () => {
  expect(writeXml('A', { B: undefined, C: null, D: '', E: [], F: false }, 'member')).toBe(
    '<A><D></D><E></E><F>false</F></A>',
  );
});

test('dates, bytes, maps and attributes have the forms of AWS', () => {
  const value = { '@xmlns': 'u"v', T: new Date(0), Y: Buffer.from('hi'), M: new Map([['k', 1]]) };
  expect(writeXml('A', value)).toBe(
    '<A xmlns="u&quot;v"><T>1970-01-01T00:00:00.000Z</T><Y>aGk=</Y><M><entry><key>k</key><value>1</value></entry></M></A>',
  );
});

test.each(['', 'text', '<A>', '<A></B>', '{"a":1}'])('%j is malformed', (body) => {
  expect(() => readXml(Buffer.from(body))).toThrow('The XML you provided was not well-formed');
});

test.each([
  ['declares entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['is deeper than any input', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
])('XML that %s is malformed', (_, xml) => {
  expect(() => readXml(Buffer.from(xml))).toThrow('The XML you provided was not well-formed');
});
