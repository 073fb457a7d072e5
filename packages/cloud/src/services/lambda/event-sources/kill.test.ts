import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

const WRITER = fileURLToPath(new URL('../fixtures/stream-writer.ts', import.meta.url));

test('every change that was acknowledged reaches the function, in order, though the cloud is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-streams-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, 'data');
  const notes = join(folder, 'notes');
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, dataFolder, notes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(writer, 'exit');
  let written = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    // The last line may have been cut off by the kill.
    if (written === Number(line)) written++;
    if (written === 300) writer.kill('SIGKILL');
  }
  await gone;
  const noted = async () => (await readFile(notes, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  const before = new Set(await noted());
  expect(before.size, 'the kill came before the function had everything').toBeLessThan(written);
  await using _cloud = await lambdaCloud({ ephemeral: false, dataFolder });
  const distinct = async () => [...new Set(await noted())];
  await expect.poll(async () => (await distinct()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(written);
  const seen = await distinct();
  expect(seen).toEqual(seen.map((_, at) => at));
}, 60_000);
