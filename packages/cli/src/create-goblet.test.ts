import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGobletProgram } from './create-goblet.js';

test('the program that writes projects is found beside the command', () => {
  expect(existsSync(createGobletProgram(import.meta.url))).toBe(true);
});

test('where it is missing, npm is named, which fetches it', () => {
  const nowhere = join(mkdtempSync(join(tmpdir(), 'goblet-cli-')), 'index.js');
  expect(() => createGobletProgram(nowhere)).toThrow(/npm create goblet <folder> downloads it/);
});
