import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { cdkFiles, contentsOf } from './cdk-files.js';

function folderOf(...files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-cdk-files-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  return folder;
}

test('stacks are made of sources, their assets and cdk.json, not of what tools, tests and cdk write', () => {
  const ours = ['cdk.json', 'bin/app.ts', 'lib/stack.ts', 'lib/page.html'];
  const others = [
    ...['.git/HEAD', '.goblet/x.json', 'node_modules/a/index.js', 'cdk.out/manifest.json', 'test/stack.test.ts'],
    ...['cdk.context.json', 'README.md', 'lib/stack.d.ts', 'lib/stack.test.ts', 'lib/.stack.ts.swp', 'lib/stack.ts~'],
    ...['other-assembly/cdk.out', 'other-assembly/manifest.json'],
  ];
  const folder = folderOf(...ours, ...others);
  expect(
    cdkFiles(folder)
      .map((file) => relative(folder, file))
      .sort(),
  ).toEqual([...ours].sort());
});

test('files that are written as they were, or are gone, tell by their contents', () => {
  const folder = folderOf('a.ts', 'b.ts');
  const files = cdkFiles(folder);
  const before = contentsOf(files);
  writeFileSync(join(folder, 'a.ts'), 'a.ts');
  expect(contentsOf(files)).toBe(before);
  writeFileSync(join(folder, 'a.ts'), 'other');
  expect(contentsOf(files)).not.toBe(before);
  expect(contentsOf([join(folder, 'gone.ts')])).not.toBe(contentsOf([]));
});
