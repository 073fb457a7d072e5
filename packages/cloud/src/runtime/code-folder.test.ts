import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { CodeError, CodeFolders, readZip } from './code-folder.js';
import { makeCodeRoot } from './code-root.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-code-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const zip = (...names: readonly string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)])));

test.each(['../out', 'a/../../out', '/etc/passwd', 'C:\\out', 'a\\..\\..\\out', 'a\0b'])(
  'a zip with the path %j is refused',
  (name) => {
    expect(() => readZip(zip('index.js', name))).toThrow(CodeError);
  },
);

test('what is no zip is refused', () => {
  expect(() => readZip(Buffer.from('not a zip'))).toThrow('Could not unzip uploaded file.');
});

test('code is unpacked once for each hash, however many ask for it', async () => {
  const folders = new CodeFolders(await temporaryFolder());
  let reads = 0;
  const read = async () => {
    reads++;
    return zip('index.js', 'lib/deep/file.txt');
  };
  const [first, second] = await Promise.all([folders.folder('ab', read), folders.folder('ab', read)]);
  expect([first, reads]).toEqual([second, 1]);
  expect(await readFile(join(first, 'lib/deep/file.txt'), 'utf8')).toBe('lib/deep/file.txt');
  await folders.close();
  expect(existsSync(first)).toBe(false);
});

test('code that could not be read is read again', async () => {
  const folders = new CodeFolders(await temporaryFolder());
  await expect(folders.folder('ab', async () => Buffer.from('broken'))).rejects.toThrow(CodeError);
  expect(await folders.folder('ab', async () => zip('index.js'))).toBeTypeOf('string');
});

test('code sees the AWS SDK of a project, and nothing else of it', async () => {
  const project = await temporaryFolder();
  await mkdir(join(project, 'node_modules/@aws-sdk/client-x'), { recursive: true });
  await mkdir(join(project, 'node_modules/other'));
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  const root = await makeCodeRoot(join(project, '.goblet/work'), project);
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  expect(root.startsWith(project)).toBe(false);
  expect(existsSync(join(root, 'node_modules/@aws-sdk/client-x'))).toBe(true);
  expect(existsSync(join(root, 'node_modules/other'))).toBe(false);
});
