import { expect, test } from 'vitest';
import { compileExpression } from './expression.js';

const values: Readonly<Record<string, number>> = { m1: 10, m2: 4 };

test.each([
  ['m1 + m2 * 2', 18],
  ['(m1 + m2) * 2', 28],
  ['100 * m2 / m1', 40],
  ['m1 - m2 - 1', 5],
  ['-m2 + 2 ^ 3', 4],
  ['m1 / (m2 - 4)', undefined],
  ['m1 + m3', undefined],
])('%s is %s', (text, value) => {
  expect(compileExpression(text)?.((id) => values[id])).toBe(value);
});

test.each(['SUM(METRICS())', 'm1 +', '(m1', 'm1 m2', ''])('%s is more than arithmetic, or nothing', (text) => {
  expect(compileExpression(text)).toBeUndefined();
});
