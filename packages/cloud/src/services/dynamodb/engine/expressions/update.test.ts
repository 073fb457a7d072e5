import { expect, it } from 'vitest';
import { updateItemRules as rules } from '../../input/dynalite.js';
import { parseInput } from '../../input/validation.js';
import type { Item } from '../items/attribute-value.js';
import { addNumbers, compareNumbers } from '../items/decimal.js';
import type { UpdateInput } from '../items/item-write.js';
import { applyUpdate } from './update.js';

const N = (n: number | string) => ({ N: String(n) });

function update(item: Item, UpdateExpression: string, values: object = {}): Item {
  const { _updates } = parseInput<UpdateInput>(
    {
      TableName: 'table',
      Key: { id: { S: 'x' } },
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
    rules,
  );
  return applyUpdate(item, _updates?.sections ?? []);
}

it('sees the item as it was on the right side of every SET', () => {
  expect(update({ a: N(1), b: N(2) }, 'SET a = b, b = a')).toEqual({ a: N(2), b: N(1) });
});

it('removes the elements of a list that had the indexes before the update', () => {
  const things = { L: ['a', 'b', 'c', 'd'].map((S) => ({ S })) };
  expect(update({ things }, 'REMOVE things[0], things[2]')).toEqual({ things: { L: [{ S: 'b' }, { S: 'd' }] } });
});

it('appends what is set behind the end of a list', () => {
  const item = { things: { L: [N(1)] } };
  expect(update(item, 'SET things[7] = :a, things[5] = :b', { ':a': N(7), ':b': N(5) })).toEqual({
    things: { L: [N(1), N(5), N(7)] },
  });
});

it('adds numbers exactly', () => {
  expect(update({ a: N('0.1') }, 'ADD a :b', { ':b': N('0.2') })).toEqual({ a: N('0.3') });
  expect(addNumbers('99999999999999999999', '1')).toBe('100000000000000000000');
  expect(addNumbers('1', '0.5', -1)).toBe('0.5');
  expect(addNumbers('-0.5', '0.5')).toBe('0');
  expect(() => addNumbers(`1${'0'.repeat(38)}`, '1')).toThrow('more than 38 significant digits');
});

it('compares numbers of any size and sign', () => {
  const sorted = ['-1e+125', '-10', '-1.5', '-1', '-0.001', '0', '0.001', '1', '1.5', '10', '1e+125'].map((text) =>
    text.includes('e') ? text.replace('e+125', '0'.repeat(125)) : text,
  );
  for (const [i, a] of sorted.entries()) {
    for (const [j, b] of sorted.entries()) expect(Math.sign(compareNumbers(a, b))).toBe(Math.sign(i - j));
  }
});

it('takes members from a set, and the set itself with the last', () => {
  const item = { tags: { SS: ['a', 'b'] } };
  expect(update(item, 'DELETE tags :t', { ':t': { SS: ['b', 'c'] } })).toEqual({ tags: { SS: ['a'] } });
  expect(update(item, 'DELETE tags :t', { ':t': { SS: ['a', 'b'] } })).toEqual({});
});

it('sets by defaults and joins lists', () => {
  const values = { ':zero': N(0), ':one': N(1), ':l': { L: [N(1)] } };
  expect(update({}, 'SET a = if_not_exists(a, :zero) + :one, b = list_append(:l, :l)', values)).toEqual({
    a: N(1),
    b: { L: [N(1), N(1)] },
  });
});

it.each([
  ['SET a = b', 'The provided expression refers to an attribute that does not exist in the item'],
  ['SET n :n', 'Invalid UpdateExpression: Syntax error; token: ":n", near: "n :n"'],
  ['INVALID SYNTAX HERE', 'Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
  ['SET a.b = :n', 'The document path provided in the update expression is invalid for update'],
  ['ADD word :n', 'An operand in the update expression has an incorrect data type'],
  ['SET __proto__ = :n', 'The attribute name __proto__ is not supported by the local cloud'],
])('refuses %s in the words of AWS', (expression, message) => {
  const values = expression.includes(':n') ? { ':n': N(1) } : {};
  expect(() => update({ word: { S: 'x' } }, expression, values)).toThrow(message);
});
