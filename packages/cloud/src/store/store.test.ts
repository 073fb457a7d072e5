import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Area, Range } from '../core/store.js';
import { openMemoryStore, openStore } from './open-store.js';

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'goblet-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function keysIn(area: Area, range: Range = {}): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of area.range(range)) keys.push(key);
  return keys;
}

test('JSON and bytes come back as they were put', async () => {
  const store = await openMemoryStore();
  const area = store.area('1', 'r', 's');
  const json = { a: [1, 'ü', null, { b: true }] };
  const bytes = new Uint8Array([0, 1, 255]);
  await area.batch([
    { key: 'json', value: json },
    { key: 'bytes', value: bytes },
    { key: 'none', value: undefined },
  ]);
  expect(await area.get('json')).toEqual(json);
  expect(Buffer.from((await area.get<Uint8Array>('bytes')) ?? []).equals(bytes)).toBe(true);
  expect(await area.get('none')).toBeUndefined();
});

test('a batch of the root writes to several areas at once', async () => {
  const store = await openMemoryStore();
  const a = store.area('1', 'r', 'a');
  const b = store.area('1', 'r', 'b');
  await store.root.batch([
    { key: a.keyOf('k'), value: 1 },
    { key: b.keyOf('k'), value: 2 },
  ]);
  expect([await a.get('k'), await b.get('k')]).toEqual([1, 2]);
});

test('areas do not see each other, however they are named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('a', '/', '%', '0', '2', 'F') }), { minLength: 2, maxLength: 4 }),
      async (names) => {
        const store = await openMemoryStore();
        const unique = [...new Set(names)];
        for (const name of unique) await store.root.area(name).batch([{ key: 'k', value: name }]);
        for (const name of unique) expect(await store.root.area(name).get('k')).toBe(name);
      },
    ),
  );
});

test('a range is what its bounds say, in the order of UTF-8', async () => {
  const key = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '0', 'é', '\u{ffff}', '\u{10000}'),
    minLength: 1,
    maxLength: 3,
  });
  const range = fc.record(
    { gt: key, gte: key, lt: key, lte: key, reverse: fc.boolean(), limit: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: [] },
  );
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      range,
      async (keys, { gt, gte, lt, lte, reverse, limit }) => {
        fc.pre(!(gt !== undefined && gte !== undefined) && !(lt !== undefined && lte !== undefined));
        const store = await openMemoryStore();
        const area = store.area('1', 'r', 's');
        await area.batch(keys.map((key) => ({ key, value: 1 })));
        await store.area('1', 'r', 's0').batch([{ key: 'x', value: 1 }]);
        await store.area('1', 'r', 'r').batch([{ key: 'x', value: 1 }]);
        const expected = keys
          .filter((one) => gt === undefined || byBytes(one, gt) > 0)
          .filter((one) => gte === undefined || byBytes(one, gte) >= 0)
          .filter((one) => lt === undefined || byBytes(one, lt) < 0)
          .filter((one) => lte === undefined || byBytes(one, lte) <= 0)
          .sort(byBytes);
        if (reverse) expected.reverse();
        const given = Object.fromEntries(
          Object.entries({ gt, gte, lt, lte, reverse, limit }).filter(([, value]) => value !== undefined),
        );
        expect(await keysIn(area, given)).toEqual(expected.slice(0, limit));
      },
    ),
  );
});

test('what was put is there when the folder is opened again', async () => {
  await using place = await folder();
  const first = await openStore(place.path);
  await first.root.batch([{ key: 'k', value: 1 }]);
  await first.close();
  const second = await openStore(place.path);
  expect(await second.root.get('k')).toBe(1);
  await second.close();
});

test('a folder is open once', async () => {
  await using place = await folder();
  const first = await openStore(place.path);
  await expect(openStore(place.path)).rejects.toMatchObject({
    code: 'GOBLET_CLOUD_FOLDER_IN_USE',
    message: expect.stringContaining(place.path),
  });
  await first.close();
});
