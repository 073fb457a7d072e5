import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, test } from 'vitest';
import { openStore, type StoreOptions } from './open-store.js';

const COUNT = 200;
const entryOf = (i: number) => ({ i, text: `${i}`.repeat(300) });
const keyOf = (i: number) => `k${String(i).padStart(4, '0')}`;

/** A closed store of some entries in tables, and of as many in its log. */
async function closedStore() {
  const parent = await mkdtemp(join(tmpdir(), 'goblet-damage-'));
  const path = join(parent, 'store');
  const warnings: string[] = [];
  const reopen = (options: StoreOptions = {}) =>
    openStore(path, { create: false, warn: (message) => warnings.push(message), ...options });
  for (const from of [0, COUNT]) {
    const store = await openStore(path);
    for (let i = from; i < from + COUNT; i++) await store.root.batch([{ key: keyOf(i), value: entryOf(i) }]);
    await store.close();
  }
  const file = async (ending: string) => {
    const names = (await readdir(path)).filter((name) => name.endsWith(ending)).sort();
    const name = names.at(-1);
    if (name === undefined) throw new Error(`no ${ending} in ${path}`);
    return join(path, name);
  };
  return { path, warnings, reopen, file, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) };
}

async function flip(path: string, from: number, count: number): Promise<void> {
  const bytes = await readFile(path);
  for (let at = from; at < from + count; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

const sizeOf = async (path: string) => (await stat(path)).size;

test('without CURRENT the store is refused and none of its files is touched', async () => {
  await using store = await closedStore();
  await rm(join(store.path, 'CURRENT'));
  const before = await readdir(store.path);
  for (const create of [false, true]) {
    await expect(store.reopen({ create })).rejects.toMatchObject({
      code: 'GOBLET_CLOUD_STORE_DAMAGED',
      message: expect.stringMatching(
        /CURRENT is missing; 2 files with data are there, and stay as they are; put the data folder back/,
      ),
    });
  }
  expect(await readdir(store.path)).toEqual(before);
});

test('a store that was there and is gone is not made anew', async () => {
  await using store = await closedStore();
  await rename(store.path, `${store.path}-moved`);
  await expect(store.reopen()).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_STORE_DAMAGED',
    message: expect.stringContaining('the folder is missing'),
  });
  await mkdir(store.path);
  await expect(store.reopen()).rejects.toMatchObject({ code: 'GOBLET_CLOUD_STORE_DAMAGED' });
});

test('a file where the store should be is named', async () => {
  await using store = await closedStore();
  await rename(store.path, `${store.path}-moved`);
  await writeFile(store.path, 'mine');
  for (const create of [false, true]) {
    await expect(store.reopen({ create })).rejects.toMatchObject({
      code: 'GOBLET_CLOUD_FOLDER_UNUSABLE',
      message: expect.stringContaining('a file is in the way'),
    });
  }
});

test.each([
  ['a missing manifest', 'MANIFEST-000004', 'No such file'],
  ['a missing table', '.ldb', 'missing files'],
])('%s is the cause that is given', async (_, ending, cause) => {
  await using store = await closedStore();
  await rm(await store.file(ending));
  await expect(store.reopen()).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_STORE_DAMAGED',
    message: expect.stringContaining(cause),
  });
});

test('wrong bytes in a table are an error for who reads them, and never a value', async () => {
  await using store = await closedStore();
  const table = await store.file('.ldb');
  const size = await sizeOf(table);
  await flip(table, Math.floor(size / 3), 40);
  const opened = await store.reopen();
  let damaged = 0;
  for (let i = 0; i < COUNT; i++) {
    try {
      expect(await opened.root.get(keyOf(i))).toBeOneOf([entryOf(i), undefined]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'GOBLET_CLOUD_STORE_DAMAGED' });
      damaged++;
    }
  }
  expect(damaged).toBeGreaterThan(0);
  await expect(
    (async () => {
      for await (const [key, value] of opened.root.range({})) expect(value).toEqual(entryOf(Number(key.slice(1))));
    })(),
  ).rejects.toMatchObject({ code: 'GOBLET_CLOUD_STORE_DAMAGED', message: expect.stringContaining(store.path) });
  await opened.close();
});

test('damaged tables are said in numbers soon after the start, also where nobody reads them', async () => {
  await using store = await closedStore();
  const table = await store.file('.ldb');
  await flip(table, Math.floor((await sizeOf(table)) / 3), 1);
  const opened = await store.reopen();
  await expect
    .poll(() => store.warnings, { timeout: 10_000 })
    .toEqual([
      expect.stringMatching(/store is damaged: 1 of \d+ blocks are damaged \(\d+\.ldb\): .*; put the data folder/),
    ]);
  await opened.close();
});

test('a table that was cut off is a coded error of who reads it', async () => {
  await using store = await closedStore();
  await truncate(await store.file('.ldb'), 2000);
  const opened = await store.reopen();
  await expect(opened.root.get(keyOf(1))).rejects.toMatchObject({ code: 'GOBLET_CLOUD_STORE_DAMAGED' });
  await opened.close();
});

test('wrong bytes in the log are said in numbers', async () => {
  await using store = await closedStore();
  await flip(await store.file('.log'), 50_000, 100);
  await (await store.reopen()).close();
  expect(store.warnings).toEqual([
    expect.stringMatching(/was damaged.*: \d{2,} bytes in .* of store\/\d+\.log could not be read .* are lost/),
  ]);
});

test('a log that is cut off is said in numbers', async () => {
  await using store = await closedStore();
  const log = await store.file('.log');
  const size = await sizeOf(log);
  await truncate(log, 50_000);
  await (await store.reopen()).close();
  expect(store.warnings).toEqual([
    expect.stringContaining(`is cut off at 50000 of ${size} bytes: the latest ${size - 50_000} bytes`),
  ]);
});

test('a log that is missing is said', async () => {
  await using store = await closedStore();
  await rm(await store.file('.log'));
  await (await store.reopen()).close();
  expect(store.warnings).toEqual([expect.stringMatching(/\.log is missing: the latest \d+ bytes that were written/)]);
});

test('nothing is said of a store that is as it was left', async () => {
  await using store = await closedStore();
  for (let round = 0; round < 3; round++) {
    const opened = await store.reopen();
    for (let i = 0; i < 2 * COUNT; i++) expect(await opened.root.get(keyOf(i))).toEqual(entryOf(i));
    await opened.close();
  }
  expect(store.warnings).toEqual([]);
});

test('files of a store are its owner’s alone, those that were open before as well', async () => {
  await using store = await closedStore();
  await (await open(join(store.path, '000099.ldb'), 'w', 0o644)).close();
  const opened = await store.reopen();
  const modes = async () => {
    const names = await readdir(store.path);
    const stats = await Promise.all(names.map((name) => stat(join(store.path, name)).catch(() => undefined)));
    return new Set(stats.flatMap((one) => (one ? [one.mode & 0o777] : [])));
  };
  expect(await modes()).toEqual(new Set([0o600]));
  // LevelDB makes a log and a table of its own.
  for (let i = 0; i < 6; i++) await opened.root.batch([{ key: `large${i}`, value: new Uint8Array(1 << 20).fill(i) }]);
  await expect.poll(modes).toEqual(new Set([0o600]));
  expect((await stat(store.path)).mode & 0o777).toBe(0o700);
  await opened.close();
});

test('a store of the first format gets its checksums', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'goblet-format-'));
  const path = join(parent, 'store');
  const first = new ClassicLevel<string, Uint8Array>(path, { valueEncoding: 'view' });
  await first.put('json', Buffer.from('\0{"a":1}'));
  await first.put('bytes', Uint8Array.of(1, 7, 8));
  await first.close();
  const store = await openStore(path, { create: false, migrate: true });
  expect(await store.root.get('json')).toEqual({ a: 1 });
  expect([...((await store.root.get<Uint8Array>('bytes')) ?? [])]).toEqual([7, 8]);
  await store.close();
  await rm(parent, { recursive: true });
});
