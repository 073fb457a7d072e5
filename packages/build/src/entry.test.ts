import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveEntry } from './entry.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goblet-entry-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text = ''): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('the entry', () => {
  test('is the option, relative to the directory', () => {
    const file = put('service/main.ts');
    expect(resolveEntry({ entry: 'service/main.ts', directory: folder }).file).toBe(file);
  });

  test('may be a URL', () => {
    const file = put('main.ts');
    expect(resolveEntry({ entry: pathToFileURL(file) }).file).toBe(file);
    expect(resolveEntry({ entry: pathToFileURL(file).href }).file).toBe(file);
  });

  test('is named by package.json before the default places', () => {
    put('app.ts');
    const file = put('lib/service.ts');
    put('package.json', '{ "goblet": { "entry": "lib/service.ts" } }');
    expect(resolveEntry({ directory: folder }).file).toBe(file);
  });

  test('is app.ts before src/app.ts', () => {
    const nested = put('src/app.ts');
    expect(resolveEntry({ directory: folder }).file).toBe(nested);
    const direct = put('app.ts');
    expect(resolveEntry({ directory: folder }).file).toBe(direct);
  });

  test('belongs to the project of the nearest package.json', () => {
    put('package.json', '{}');
    const entry = put('src/deep/app.ts');
    expect(resolveEntry({ entry }).project).toBe(folder);
  });

  test('that is missing is refused with what was looked for', () => {
    expect(() => resolveEntry({ directory: folder })).toThrow(
      /^GOBLET_BUILD_ENTRY_NOT_FOUND: .* has no app\.ts and no src\/app\.ts/,
    );
    expect(() => resolveEntry({ entry: 'nope.ts', directory: folder })).toThrow(/nope\.ts does not exist/);
  });

  test('that package.json names and that is missing is refused', () => {
    put('app.ts');
    put('package.json', '{ "goblet": { "entry": "gone.ts" } }');
    expect(() => resolveEntry({ directory: folder })).toThrow(/has no gone\.ts/);
  });

  test('whose package.json is no JSON is refused with its name', () => {
    put('app.ts');
    put('package.json', '{');
    expect(() => resolveEntry({ directory: folder })).toThrow(
      /^GOBLET_BUILD_ENTRY_NOT_FOUND: .*package\.json cannot be read \(.*JSON.*\); fix it$/,
    );
  });
});
