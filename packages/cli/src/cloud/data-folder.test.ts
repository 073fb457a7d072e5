import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDataFolder } from './data-folder.js';

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'goblet-project-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

test('every folder of a project finds the .goblet that is there', () => {
  const root = project({ '.goblet/running.json': '{}', 'service/infra/package.json': '{}' });
  expect(findDataFolder(join(root, 'service', 'infra'))).toBe(join(root, '.goblet'));
});

test('a workspace without one gets it in its root', () => {
  const root = project({ 'package.json': '{"workspaces":["a"]}', 'a/package.json': '{}' });
  expect(findDataFolder(join(root, 'a'))).toBe(join(root, '.goblet'));
});

test('a single package gets it beside its package.json', () => {
  const root = project({ 'package.json': '{}', 'src/app.ts': '' });
  expect(findDataFolder(join(root, 'src'))).toBe(join(root, '.goblet'));
});
