import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_CODES } from './error-codes.js';

const here = new URL('.', import.meta.url);
const source = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'error-codes.ts')
  .map((file) => readFileSync(new URL(file, here), 'utf8'))
  .join('\n');

const VARIABLES = new Set(['GOBLET_INVENTORY', 'GOBLET_LOG_LEVEL', 'GOBLET_TESTS']);

test('every code that the source throws is in the catalogue, and the catalogue has no other', () => {
  const thrown = new Set(source.match(/\bGOBLET_[A-Z_]*[A-Z]\b/g));
  const codes = [...thrown].filter((code) => !VARIABLES.has(code));
  expect(codes.sort()).toEqual(Object.keys(ERROR_CODES).sort());
});

test('the reference page says what the catalogue says', async () => {
  const { errorsPage } = await import(new URL('../scripts/errors-page.js', here).href);
  const page = readFileSync(new URL('../../../docs/reference/errors.md', here), 'utf8');
  expect(page).toBe(errorsPage());
});
