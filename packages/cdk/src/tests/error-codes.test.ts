import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../', import.meta.url);
const read = (file: string, base = source) => readFileSync(new URL(file, base), 'utf8');

test('every code that the construct throws is described, and no other', () => {
  const page = read('../../../docs/reference/construct-errors.md');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && file !== 'errors.ts' && !file.startsWith('tests'),
  );
  const thrown = files.flatMap((file) => read(file).match(/\bGOBLET_CDK_[A-Z_]+\b/g) ?? []);
  const described = [...page.matchAll(/^### (GOBLET_\w+)$/gm)].map(([, code]) => code);
  expect([...new Set(thrown)].sort()).toEqual(described.sort());
  expect([...new Set(read('errors.ts').match(/\bGOBLET_CDK_[A-Z_]+\b/g))].sort()).toEqual(described);
});
