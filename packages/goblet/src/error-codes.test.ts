import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the reference page says what the catalogue says', async () => {
  const { errorsPage } = await import(new URL('../scripts/errors-page.js', import.meta.url).href);
  const page = readFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), 'utf8');
  expect(page).toBe(errorsPage());
});
