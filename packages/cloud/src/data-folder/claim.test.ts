import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { claimDataFolder } from './claim.js';
import { MARKER_FILE } from './marker.js';

/** A folder with these files, gone at the end of the block. */
async function folderWith(files: Readonly<Record<string, string>> = {}, name = 'data') {
  const parent = await mkdtemp(join(tmpdir(), 'goblet-claim-'));
  const path = join(parent, name);
  await mkdir(path);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), content);
  }
  return { parent, path, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) };
}

const SECRET = JSON.stringify({ secretAccessKey: 'x'.repeat(40) });
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('a folder that is missing is made, marked and closed to others', async () => {
  await using place = await folderWith();
  const path = join(place.path, 'deeper', 'data');
  expect(await claimDataFolder(path)).toMatchObject({ path, format: 2, hasStore: false, isPrivate: true });
  expect(await readdir(path)).toEqual([MARKER_FILE]);
  expect(await modeOf(path)).toBe(0o700);
  expect(await modeOf(join(path, MARKER_FILE))).toBe(0o600);
});

test('an empty folder that was open to others is closed', async () => {
  await using place = await folderWith();
  await chmod(place.path, 0o755);
  expect((await claimDataFolder(place.path)).isPrivate).toBe(true);
  expect(await modeOf(place.path)).toBe(0o700);
});

test('a folder keeps in its marker that it has a store', async () => {
  await using place = await folderWith();
  await (await claimDataFolder(place.path)).storeOpened();
  expect(await claimDataFolder(place.path)).toMatchObject({ format: 2, hasStore: true });
});

test.each([
  ['work', { 'work/thesis.txt': 'years' }],
  ['a project', { 'package.json': '{}', 'work/a.ts': '', 'store/index.ts': '' }],
  ['folders of our names alone', { 'dev/a': '', 'cdk/b': '' }],
  ['a store that nobody marked', { 'store/CURRENT': 'MANIFEST-000001\n' }],
])('%s is refused by name, and stays as it is', async (_, files) => {
  await using place = await folderWith(files);
  const before = await readdir(place.path, { recursive: true });
  await expect(claimDataFolder(place.path)).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_FOREIGN',
    message: expect.stringMatching(
      new RegExp(`${place.path} is not empty, and not a data folder of Goblet \\(it has .*\\); give --data`),
    ),
  });
  expect(await readdir(place.path, { recursive: true })).toEqual(before);
});

test('a folder of the format before markers is recognised', async () => {
  await using place = await folderWith({
    'credentials.json': SECRET,
    'store/CURRENT': 'MANIFEST-000001\n',
    'work/functions/package.json': '',
    'cdk/cache.json': '',
  });
  expect(await claimDataFolder(place.path)).toMatchObject({ format: 1, hasStore: true });
  expect(await readdir(place.path)).not.toContain(MARKER_FILE);
});

test('a cloud of that format in the middle of a project is refused with how to move it', async () => {
  await using place = await folderWith({ 'credentials.json': SECRET, 'store/CURRENT': '', 'package.json': '{}' });
  await expect(claimDataFolder(place.path)).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_FOREIGN',
    message: expect.stringContaining('move its store folder and credentials.json into a folder of their own'),
  });
});

test('the usual folder in which only commands left something is ours', async () => {
  await using place = await folderWith({ 'cdk/cache.json': '', 'running.json': '{}' }, '.goblet');
  expect(await claimDataFolder(place.path)).toMatchObject({ format: 2, hasStore: false });
});

test('a newer format is refused with what to do', async () => {
  await using place = await folderWith({
    [MARKER_FILE]: JSON.stringify({ goblet: 'data folder', format: 9, store: true }),
  });
  await expect(claimDataFolder(place.path)).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_NEWER',
    message: expect.stringMatching(/format 9, this one reads up to 2\); update Goblet/),
  });
});

test('a file of the marker’s name with something else in it is not ours', async () => {
  await using place = await folderWith({ [MARKER_FILE]: '{"mine":true}' });
  await expect(claimDataFolder(place.path)).rejects.toMatchObject({ code: 'GOBLET_CLOUD_FOLDER_FOREIGN' });
  expect(await readFile(join(place.path, MARKER_FILE), 'utf8')).toBe('{"mine":true}');
});

test('a marker that was being written when the process died is written again', async () => {
  await using place = await folderWith({ [MARKER_FILE]: '' });
  expect(await claimDataFolder(place.path)).toMatchObject({ format: 2, hasStore: false });
  expect(await claimDataFolder(place.path)).toMatchObject({ format: 2, hasStore: false });
});

test('several at once agree on a new folder', async () => {
  for (let round = 0; round < 20; round++) {
    await using place = await folderWith();
    const claimed = await Promise.all(Array.from({ length: 8 }, () => claimDataFolder(place.path)));
    expect(claimed.map(({ format }) => format)).toEqual(Array(8).fill(2));
    expect(await readdir(place.path)).toEqual([MARKER_FILE]);
  }
});

test('a link of the marker’s name that leads nowhere is not ours', async () => {
  await using place = await folderWith();
  await symlink('nowhere', join(place.path, MARKER_FILE));
  await expect(claimDataFolder(place.path)).rejects.toMatchObject({ code: 'GOBLET_CLOUD_FOLDER_FOREIGN' });
});

test('a plain file is named as what is in the way', async () => {
  await using place = await folderWith({ file: 'mine' });
  await expect(claimDataFolder(join(place.path, 'file'))).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_UNUSABLE',
    message: expect.stringMatching(/file can not be used as a data folder: a file is in the way; move it away/),
  });
  await expect(claimDataFolder(join(place.path, 'file', 'below'))).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_UNUSABLE',
    message: expect.stringContaining('a file is in the way'),
  });
  expect(await readFile(join(place.path, 'file'), 'utf8')).toBe('mine');
});
