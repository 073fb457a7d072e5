import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSecret } from './credentials.js';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'goblet-credentials-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test('a new folder gets a secret that only its owner reads, and keeps it', async () => {
  const path = await folder();
  const secret = await loadSecret(path);
  expect(secret).toMatch(/^[\w-]{40}$/);
  expect((await stat(join(path, 'credentials.json'))).mode & 0o777).toBe(0o600);
  expect(await loadSecret(path)).toBe(secret);
});

test.each(['', '{"secretAccessKey":', '{"secretAccessKey":7}', '{"mine":true}', '[]', 'null'])(
  'a file that holds %j is refused with what to do, and kept',
  async (text) => {
    const path = await folder();
    const file = join(path, 'credentials.json');
    await writeFile(file, text);
    await expect(loadSecret(path)).rejects.toMatchObject({
      code: 'GOBLET_CLOUD_FOLDER_UNUSABLE',
      message: expect.stringMatching(/credentials\.json does not hold .* delete it to get new ones/),
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  },
);
