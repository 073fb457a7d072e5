import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readYaml, YamlAliasError, YamlError } from './yaml.js';

const follow = (text: string): unknown => JSON.parse(JSON.stringify(readYaml(text, { aliases: 'follow' })));

/** Each level is nine of the one before it: the tenth would be three billion values. */
function bomb(levels: number): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i <= levels; i++)
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}

test.each([
  'a: 1\nb: [x, "y", true, null, 1.5]\nc:\n  - d: |\n      text\n      more\n    200: ok',
  '{"a": {"b": []}}',
  'V: 2012-10-17\nE: 1e3\nT: ~\nY: yes',
])('what is YAML is read as the library reads it', (text) => {
  expect(follow(text)).toEqual(parse(text));
});

test('an alias stands for what its anchor names', () => {
  expect(follow('x: &x {k: 1}\ny: *x')).toEqual({ x: { k: 1 }, y: { k: 1 } });
});

test('an alias is refused where none may be', () => {
  expect(() => readYaml('x: &x 1\ny: *x', { aliases: 'refuse' })).toThrow(YamlAliasError);
});

test('aliases that stand for more and more values are refused before they are followed', () => {
  expect(() => readYaml(bomb(20), { aliases: 'follow' })).toThrow('more than 500000 values');
});

test('an alias within what it stands for is refused', () => {
  expect(() => readYaml('a: &a [*a]', { aliases: 'follow' })).toThrow('more than 200 structures within each other');
});

test.each([
  ['lists on one line', '- '.repeat(25_000)],
  ['lists in brackets', '['.repeat(25_000)],
  ['keys', '? '.repeat(25_000)],
  ['maps in braces', '{a: '.repeat(25_000)],
  ['maps by indentation', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('%s within each other without end are refused, where the library ends the process', (_, text) => {
  expect(() => readYaml(text, { aliases: 'follow' })).toThrow('more than 200 structures within each other');
});

test('values are counted', () => {
  const budget = { depth: 10, values: 100 };
  expect(() => readYaml(`[${'1, '.repeat(200)}1]`, { aliases: 'follow', budget })).toThrow('more than 100 values');
});

test('what is wrong is said with its place', () => {
  const error = (() => {
    try {
      return readYaml('a: 1\nb: [1', { aliases: 'follow' });
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(YamlError);
  expect(error).toMatchObject({ place: { line: 2 } });
});

test.each([
  ['a: 1\na: 2', 'the key a stands twice in a map'],
  ['a: 1\n---\nb: 2', 'it has several documents'],
  ['? [a]\n: 1', 'a map key is not a string'],
  ['a: *b', /b/],
])('%j is refused', (text, message) => {
  expect(() => readYaml(text, { aliases: 'follow' })).toThrow(message);
});
