import { expect, test } from 'vitest';
import { withNestedFields } from './dotted-fields.js';

test.each<[event: object, nested: object]>([
  [{ 'state.status': 'running' }, { state: { status: 'running' } }],
  [{ detail: { 'a.b': { 'c.d': 1 } } }, { detail: { a: { b: { c: { d: 1 } } } } }],
  [{ 'a.b': 1, a: { b: 2, c: 3 } }, { a: { b: [1, 2], c: 3 } }],
  [{ list: [{ 'a.b': 1 }] }, { list: [{ a: { b: 1 } }] }],
])('%j is %j', (event, nested) => {
  expect(withNestedFields(event)).toEqual(nested);
});

test('an event without dots is left as it is', () => {
  const event = { source: 'shop', resources: ['a.b'], detail: { items: [{ name: 'x.y' }] } };
  expect(withNestedFields(event)).toBe(event);
});
