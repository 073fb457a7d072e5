import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Level } from './database.js';
import { DiskDatabase, openLevel } from './disk-database.js';
import { levelStore } from './level-store.js';

const FULL = Object.assign(new Error('IO error: /data/store/000003.log: No space left on device'), {
  code: 'LEVEL_IO_ERROR',
});

/** A store whose LevelDB can be told to refuse writes, as one on a full disk does until it is opened again. */
async function fillableStore() {
  const path = await mkdtemp(join(tmpdir(), 'goblet-full-'));
  const level = await openLevel(join(path, 'store'), true);
  const disk = { hasRoom: true };
  const database = new DiskDatabase(join(path, 'store'), level, async () => disk.hasRoom);
  const store = levelStore(database);
  const refuse = (at: Level) => {
    const refused = () => Promise.reject(FULL);
    Object.assign(at, { put: refused, batch: refused });
  };
  return {
    store,
    database,
    disk,
    /** Has the LevelDB that is open now refuse every further write. */
    fill: async () => refuse(await database.level()),
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await rm(path, { recursive: true });
    },
  };
}

const put = (key: string, value: unknown = key) => [{ key, value }];

test('where there is room, a refused write is written once LevelDB was opened again', async () => {
  await using full = await fillableStore();
  await full.store.root.batch(put('before'));
  await full.fill();
  await full.store.root.batch(put('during'));
  expect([await full.store.root.get('before'), await full.store.root.get('during')]).toEqual(['before', 'during']);
});

test('where there is none, every write says so and what is needed, and reads go on', async () => {
  await using full = await fillableStore();
  await full.store.root.batch(put('before'));
  await full.fill();
  full.disk.hasRoom = false;
  for (const key of ['a', 'b']) {
    await expect(full.store.root.batch(put(key))).rejects.toMatchObject({
      code: 'GOBLET_CLOUD_FOLDER_UNUSABLE',
      message: expect.stringMatching(/the disk is full; make room; writes go on once \d+ MB can be written there/),
    });
    expect(await full.store.root.get('before')).toBe('before');
  }
  full.disk.hasRoom = true;
  await full.store.root.batch(put('after'));
  const keys: string[] = [];
  for await (const [key] of full.store.root.range({})) keys.push(key);
  expect(keys).toEqual(['after', 'before']);
});

test('a range that is being read when LevelDB is opened again goes on where it was', async () => {
  await using full = await fillableStore();
  const keys = Array.from({ length: 2_000 }, (_, i) => String(i).padStart(4, '0'));
  await full.store.root.batch(keys.map((key) => ({ key, value: key })));
  for (const reverse of [false, true]) {
    const seen: string[] = [];
    for await (const [key] of full.store.root.range({ gte: '0010', lt: '1990', reverse, limit: 1_900 })) {
      seen.push(key);
      if (seen.length !== 500) continue;
      await full.fill();
      await full.store.root.batch(put('x'));
    }
    const expected = keys.slice(10, 1990);
    expect(seen).toEqual((reverse ? expected.reverse() : expected).slice(0, 1_900));
  }
});

test('writes and reads at once survive that it is opened again and again', async () => {
  await using full = await fillableStore();
  let written = 0;
  const writer = async (name: number) => {
    for (let i = 0; i < 50; i++) {
      const key = `${name}/${i}`;
      await full.store.root.batch(put(key));
      if (++written % 40 === 0) await full.fill();
      expect(await full.store.root.get(key)).toBe(key);
    }
  };
  await Promise.all([0, 1, 2, 3].map(writer));
  let found = 0;
  for await (const [key, value] of full.store.root.range({})) {
    expect(value).toBe(key);
    found++;
  }
  expect(found).toBe(200);
});
