import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { CodeFolders } from './code-folder.js';
import { CodeError, readPackage } from './code-package.js';
import { makeCodeRoot, removeCodeRoot } from './code-root.js';
import { LINK, zipOf } from './fixtures/zip-of.js';
import { removeTree } from './remove-tree.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-code-'));
  onTestFinished(() => removeTree(folder));
  return folder;
}

const zip = (...names: readonly string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)])));

test('what is no zip is refused', async () => {
  await expect(readPackage(Buffer.from('not a zip'))).rejects.toThrow(
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
  );
});

test('a path that leads out is refused by its name', async () => {
  await expect(readPackage(zip('index.js', '../out'))).rejects.toThrow('"../out"');
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

test('a folder whose removal was cut off at any moment is made anew by the next cloud', async () => {
  const workFolder = await temporaryFolder();
  const killedAt = async (moment: number) => {
    let removed = 0;
    const root = await makeCodeRoot(workFolder);
    await writeFile(join(root, 'code'), '');
    return removeCodeRoot(root, async (path) => {
      if (removed === moment) throw new Error('killed');
      removed += 1;
      await removeTree(path);
    });
  };
  for (const moment of [0, 1, 2, 3]) await expect(killedAt(moment)).rejects.toThrow('killed');
  await killedAt(4);
  expect(existsSync(join(workFolder, 'functions'))).toBe(false);
});

test('a folder behind a link in its place is left as it is, and named', async () => {
  const [workFolder, project] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(project, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(project, 'app.js'), 'mine');
  await symlink(project, join(workFolder, 'functions'));
  await expect(makeCodeRoot(workFolder)).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_FOREIGN',
    message: expect.stringContaining(join(workFolder, 'functions')),
  });
  expect(await readFile(join(project, 'app.js'), 'utf8')).toBe('mine');
});

test('a file in the place of the folder is left as it is, and named', async () => {
  const workFolder = await temporaryFolder();
  await writeFile(join(workFolder, 'functions'), 'mine');
  await expect(makeCodeRoot(workFolder)).rejects.toMatchObject({ code: 'GOBLET_CLOUD_FOLDER_FOREIGN' });
  expect(await readFile(join(workFolder, 'functions'), 'utf8')).toBe('mine');
});

test('a folder whose making was cut off before its manifest was written is made anew', async () => {
  const workFolder = await temporaryFolder();
  await mkdir(join(workFolder, 'functions'));
  await writeFile(join(workFolder, 'functions', 'package.json'), '');
  const root = await makeCodeRoot(workFolder);
  expect(await readFile(join(root, 'package.json'), 'utf8')).toContain('commonjs');
});

test("code sees the cloud's AWS SDK where the project has none, and the project's own before it", async () => {
  const [project, own] = [await temporaryFolder(), await temporaryFolder()];
  for (const [folder, name] of [
    [project, 'client-x'],
    [own, 'client-x'],
    [own, 'client-y'],
  ] as const) {
    await mkdir(join(folder, 'node_modules/@aws-sdk', name), { recursive: true });
  }
  const root = await makeCodeRoot(join(project, '.goblet/work'), project, own);
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const target = (name: string) => realpath(join(root, 'node_modules/@aws-sdk', name));
  expect(await target('client-x')).toBe(await realpath(join(project, 'node_modules/@aws-sdk/client-x')));
  expect(await target('client-y')).toBe(await realpath(join(own, 'node_modules/@aws-sdk/client-y')));
});

test.each(['client-dynamodb', 'lib-dynamodb', 's3-request-presigner', 'client-sqs'])(
  'code of a project without packages finds @aws-sdk/%s',
  async (name) => {
    const project = await temporaryFolder();
    const root = await makeCodeRoot(join(project, '.goblet/work'), project);
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    expect(existsSync(join(root, 'node_modules/@aws-sdk', name, 'package.json'))).toBe(true);
  },
);

test('nobody may write to unpacked code, and it can be removed all the same', async () => {
  const workFolder = await temporaryFolder();
  const folders = new CodeFolders(workFolder);
  const code = zipOf(
    { name: 'index.js', content: 'code', mode: 0o100666 },
    { name: 'bin/tool', content: 'program', mode: 0o100777 },
    { name: 'bin/alias', content: 'tool', mode: LINK },
  );
  const folder = await folders.folder('ab', async () => code);
  const modes = await Promise.all(['.', 'index.js', 'bin', 'bin/tool'].map((path) => lstat(join(folder, path))));
  expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['555', '444', '555', '555']);
  expect(await readFile(join(folder, 'bin/alias'), 'utf8')).toBe('program');
  await folders.close();
  expect(existsSync(folder)).toBe(false);
});

test.each(['index.js', 'lib/more.js', 'lib'])('code of which somebody changes %s is laid out anew', async (changed) => {
  const told: string[] = [];
  const folders = new CodeFolders(await temporaryFolder(), (path) => told.push(path));
  const code = async () => zip('index.js', 'lib/more.js');
  const first = await folders.folder('ab', code);
  expect(await folders.folder('ab', code)).toBe(first);
  await chmod(join(first, changed), 0o755);
  if (changed === 'lib') await writeFile(join(first, 'lib/other.js'), 'evil');
  else await writeFile(join(first, changed), 'evil');
  const [second, third] = await Promise.all([folders.folder('ab', code), folders.folder('ab', code)]);
  expect(third).toBe(second);
  expect(second).not.toBe(first);
  expect(await readdir(second, { recursive: true })).toEqual(
    expect.not.arrayContaining([expect.stringContaining('other')]),
  );
  expect(await readFile(join(second, 'lib/more.js'), 'utf8')).toBe('lib/more.js');
  expect(told).toEqual([join(first, changed)]);
  await folders.close();
});

test('code that can not be laid out leaves nothing behind', async () => {
  const workFolder = await temporaryFolder();
  const folders = new CodeFolders(workFolder);
  const long = `${'a/'.repeat(2040)}b`;
  await expect(folders.folder('ab', async () => zip('index.js', long))).rejects.toThrow(CodeError);
  const root = join(workFolder, 'functions');
  expect((await readdir(root)).filter((name) => name.startsWith('ab'))).toEqual([]);
  await folders.close();
});

test('a layer lies over those before it', async () => {
  const folders = new CodeFolders(await temporaryFolder());
  const layers = [
    zipOf({ name: 'a', content: 'first' }, { name: 'b/c', content: 'first' }, { name: 'd', content: 'first' }),
    zipOf({ name: 'a/x', content: 'second' }, { name: 'b', content: 'a/x', mode: LINK }),
  ];
  const folder = await folders.folder('ab', async () => layers);
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  expect(await Promise.all(['a/x', 'b', 'd'].map(read))).toEqual(['second', 'second', 'first']);
  await folders.close();
});

test('links that lead out only together are refused', async () => {
  const folders = new CodeFolders(await temporaryFolder());
  const layers = [
    zipOf({ name: 'out', content: 'lib/up/..', mode: LINK }),
    zipOf({ name: 'lib/up', content: '..', mode: LINK }),
  ];
  await expect(folders.folder('ab', async () => layers)).rejects.toThrow(CodeError);
  await folders.close();
});
