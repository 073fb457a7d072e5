import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { root } from '../processes/commands.js';

const names = readdirSync(join(root, 'packages'));

/** The files that `npm pack` would put into the package. */
async function packed(name: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], {
    cwd: join(root, 'packages', name),
    maxBuffer: 16 * 1024 * 1024,
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path);
}

describe.concurrent.each(names)('the package of packages/%s', (name) => {
  const folder = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

  test('carries its licence, its page and every file that it exports, and no tests', async () => {
    const files = await packed(name);
    expect(files).toContain('LICENSE');
    expect(files).toContain('README.md');
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target as Record<string, string>),
    );
    const bins = Object.values((manifest.bin ?? {}) as Record<string, string>);
    for (const path of [...targets, ...bins]) expect(files).toContain(path.replace(/^\.\//, ''));
    // The templates' own tests belong to the projects that are made of them.
    const ours = files.filter((path) => !path.startsWith('templates/'));
    expect(ours.filter((path) => /\.test\.|\/fixtures\/|\.tsbuildinfo$/.test(path))).toEqual([]);
  });

  test('pins the packages that it depends on', () => {
    for (const version of Object.values(manifest.dependencies ?? {})) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
