import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import { LINK, type Written, zipOf } from './fixtures/zip-of.js';
import { readZip, ZipError } from './zip-reader.js';

const LIMITS = { size: 1_000_000, path: 4085 };
const read = (...entries: readonly Written[]) => readZip(zipOf(...entries), LIMITS);
const file = (path: string, text: string, executable = true) => ({
  kind: 'file',
  path,
  bytes: Buffer.from(text),
  executable,
});

test('files, folders and links are read as they are', async () => {
  const entries = await read(
    { name: 'index.js', content: 'code', mode: 0o100644 },
    { name: 'bin/tool', content: 'program', mode: 0o100755, method: 0 },
    { name: 'empty/', mode: 0o040755 },
    { name: 'bin/alias', content: 'tool', mode: LINK },
  );
  expect(entries).toEqual([
    file('index.js', 'code', false),
    file('bin/tool', 'program'),
    { kind: 'folder', path: 'empty' },
    { kind: 'link', path: 'bin/alias', target: 'tool' },
  ]);
});

test('what another library writes is read', async () => {
  const big = Buffer.alloc(300_000, 'text ').toString();
  const zip = zipSync({ 'a.txt': strToU8(big), 'lib/grüße.txt': [strToU8('grüß Gott'), { level: 0 }] });
  const texts = (await readZip(zip, LIMITS)).map((entry) =>
    entry.kind === 'file' ? [entry.path, Buffer.from(entry.bytes).toString()] : [],
  );
  expect(Object.fromEntries(texts)).toEqual({ 'a.txt': big, 'lib/grüße.txt': 'grüß Gott' });
});

test('sizes may be in the field of Zip64', async () => {
  expect(await read({ name: 'a', content: 'text', zip64: true }, { name: 'b', content: 'more' })).toEqual([
    file('a', 'text'),
    file('b', 'more'),
  ]);
});

test('parts of a name that say nothing are left out', async () => {
  expect(await read({ name: './' }, { name: './lib//a.js', content: 'a' })).toEqual([file('lib/a.js', 'a')]);
});

test('of two files of one name the later one counts', async () => {
  expect(await read({ name: 'a', content: 'first' }, { name: 'a', content: 'second' })).toEqual([file('a', 'second')]);
});

const bad: readonly (readonly [string, readonly Written[]])[] = [
  ['a file and something below it', [{ name: 'a' }, { name: 'a/b' }]],
  ['a file and a folder of one name', [{ name: 'a' }, { name: 'a/' }]],
  ['a name that is no name', [{ name: '.' }]],
  ['an empty name', [{ name: '' }]],
  ['a part of a name over 255 bytes', [{ name: `lib/${'ü'.repeat(128)}` }]],
  ['a name over the limit', [{ name: 'a/'.repeat(2100) }]],
  ['an encrypted entry', [{ name: 'a', content: 'text', flags: 1 }]],
  ['masked headers', [{ name: 'a', content: 'text', flags: 0x2000 }]],
  ['a size that is too small', [{ name: 'a', content: 'x'.repeat(100), size: 10 }]],
  ['a size that is too large', [{ name: 'a', content: 'x'.repeat(100), size: 1000 }]],
  [
    'a size that is too small, of an entry that is not compressed',
    [{ name: 'a', content: 'text', size: 3, method: 0 }],
  ],
  ['a wrong checksum', [{ name: 'a', content: 'text', crc: 1 }]],
  ['a method that is not known', [{ name: 'a', content: 'text', method: 12 }]],
  ['content that is not compressed as it says', [{ name: 'a', content: 'text', method: 9 }]],
  ['a device', [{ name: 'a', mode: 0o020666 }]],
  ['something below a link', [{ name: 'a', content: 'b', mode: LINK }, { name: 'a/b' }]],
];

test.each(bad)('a zip with %s is refused', async (_, entries) => {
  await expect(read(...entries)).rejects.toThrow(ZipError);
});

test.each(['../out', 'a/../../out', 'a/..', '/etc/passwd', 'C:\\out', '\\out', 'a\\..\\..\\out', 'a\0b'])(
  'a zip with the path %j is refused',
  async (name) => {
    await expect(read({ name })).rejects.toThrow('leads out of it');
  },
);

test.each([
  ['over the root', { 'lib/a': '../../out' }],
  ['to an absolute path', { a: '/etc/passwd' }],
  ['over another link', { d: '.', 'lib/up': '..', out: 'lib/up/..' }],
  ['round in a circle', { a: 'b', b: 'a' }],
  ['nowhere', { a: '' }],
])('a link that leads %s is refused', async (_, links) => {
  const entries = Object.entries(links).map(([name, content]) => ({ name, content, mode: LINK }));
  await expect(read(...entries)).rejects.toThrow('a link that leads out of it');
});

test('links that stay inside are good, over other links and to what is not there', async () => {
  const links = { 'lib/up': '..', 'lib/self': 'up/lib', a: 'lib/self/none', b: './a' };
  const entries = Object.entries(links).map(([name, content]) => ({ name, content, mode: LINK }));
  expect(await read(...entries)).toHaveLength(4);
});

test('a zip that would be too large is refused by what it says, before anything is unpacked', async () => {
  const half = { content: 'x', size: 600_000 };
  await expect(read({ name: 'a', ...half }, { name: 'b', ...half })).rejects.toThrow(
    'Unzipped size must be smaller than 1000000 bytes',
  );
});

test('the size that must not be reached is too large already', async () => {
  await expect(read({ name: 'a', content: 'x', size: 1_000_000 })).rejects.toThrow('must be smaller than 1000000');
});

test('a zip that is cut off anywhere is refused', async () => {
  const whole = zipOf({ name: 'a', content: 'text' }, { name: 'lib/b', content: 'more' });
  for (let length = 0; length < whole.length; length++) {
    await expect(readZip(whole.subarray(0, length), LIMITS)).rejects.toThrow(ZipError);
  }
});

test('a zip with any byte changed is read or refused, and nothing else', async () => {
  const whole = zipOf({ name: 'a', content: 'text', zip64: true }, { name: 'lib/b', content: 'more', mode: LINK });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
      const zip = Buffer.from(whole);
      zip[at] = value;
      const outcome = await readZip(zip, LIMITS).catch((error: unknown) => error);
      expect(Array.isArray(outcome) || outcome instanceof ZipError).toBe(true);
    }),
    { numRuns: propertyRuns(2000) },
  );
});
