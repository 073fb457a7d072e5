import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTwins, writeAndKill } from './fixtures/kill.js';

it('has every acknowledged write and no half of any, however it is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-kill-'));
  try {
    for (const [round, count] of [30, 157, 400].entries()) {
      const acknowledged = await writeAndKill(folder, round * 100_000, count);
      expect(acknowledged.size).toBeGreaterThan(0);
      const { items, entries } = await readTwins(folder);
      const byId = new Map(items.map((item) => [item.id?.S, item.generation?.N]));
      for (const [pair, generation] of acknowledged) {
        expect(byId.get(`${pair}a`)).toBe(byId.get(`${pair}b`));
        expect(Number(byId.get(`${pair}a`))).toBeGreaterThanOrEqual(generation);
      }
      const nameOf = (item: (typeof items)[number]) => `${item.id?.S}/${item.generation?.N}`;
      expect(entries.map(nameOf).sort()).toEqual(items.map(nameOf).sort());
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
