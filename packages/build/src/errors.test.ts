import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const codes = (file: string) => [...read(file).matchAll(/^ {2}\| '(GOBLET_BUILD_\w+)'/gm)].map(([, code]) => code);

test('every error and every warning of the build is described, and no other', () => {
  const [errors = '', warnings = ''] = read('../../../docs/reference/build-errors.md').split('# Warnings of the build');
  const described = (page: string) => [...page.matchAll(/^### (GOBLET_\w+)$/gm)].map(([, code]) => code);
  expect(described(errors)).toEqual(codes('./errors.ts').sort());
  expect(described(warnings)).toEqual(codes('./warnings.ts').sort());
});
