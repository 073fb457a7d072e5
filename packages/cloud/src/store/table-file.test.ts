import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.js';
import { soundBlocks } from './table-file.js';

/** The largest table of a LevelDB with values that can be compressed, and values that can not. */
async function table(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-table-'));
  const level = new ClassicLevel<string, string>(folder);
  for (let i = 0; i < 1_000; i++) {
    const value = i % 2 === 0 ? 'again and '.repeat(30) : Math.random().toString(36).repeat(5);
    await level.put(`key/${i}/${Math.random()}`, value);
  }
  await level.compactRange('a', 'z');
  await level.close();
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ldb'));
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  await rm(folder, { recursive: true });
  const [largest] = files.sort((a, b) => b.length - a.length);
  if (!largest) throw new Error('no table');
  return largest;
}

test('the checksum is CRC-32C', () => {
  // RFC 3720, B.4.
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('every block of a table is as it was written', async () => {
  const sound = [...soundBlocks(await table())];
  expect(sound.length).toBeGreaterThan(20);
  expect(new Set(sound)).toEqual(new Set([true]));
});

test('a wrong byte is found wherever it is', async () => {
  const file = await table();
  // The padding of the footer has no meaning.
  for (let at = 0; at < file.length - 48; at += 97) {
    const damaged = Buffer.from(file);
    damaged[at] = (damaged[at] ?? 0) ^ 0x10;
    expect([...soundBlocks(damaged)], `byte ${at}`).toContain(false);
  }
});

test('a table that is cut off has no index', async () => {
  const file = await table();
  for (const length of [0, 10, 60, file.length - 1])
    expect([...soundBlocks(file.subarray(0, length))]).toEqual([false]);
});
