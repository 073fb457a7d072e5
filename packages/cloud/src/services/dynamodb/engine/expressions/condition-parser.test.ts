import { expect, it } from 'vitest';
import { putItemRules as rules } from '../../input/dynalite.js';
import { parseInput } from '../../input/validation.js';
import type { PutInput } from '../items/item-write.js';
import { meets } from './condition.js';

const VALUES = { ':l': { S: 'x' }, ':n': { N: '5' }, ':m': { N: '3' } };
const NAMES = { '#date': 'date' };

function parsed(ConditionExpression: string) {
  const used = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => ConditionExpression.includes(name)));
  const values = used(VALUES);
  const names = used(NAMES);
  const { _condition } = parseInput<PutInput>(
    {
      TableName: 'table',
      Item: { a: { S: 'x' } },
      ConditionExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    },
    rules,
  );
  if (!_condition) throw new Error('nothing was parsed');
  return _condition;
}

it('binds NOT before AND before OR', () => {
  const { expression } = parsed('a = :l OR NOT a = :l AND b = :n');
  expect(meets({ a: { S: 'x' } }, expression)).toBe(true);
  expect(meets({ a: { S: 'y' } }, expression)).toBe(false);
  expect(meets({ a: { S: 'y' }, b: { N: '5' } }, expression)).toBe(true);
});

it('takes parentheses around operands, functions and conditions', () => {
  const { expression, pathHeads, nestedPaths } = parsed('((size(a.b[1])) >= :n) AND (#date) BETWEEN :m AND (:n)');
  expect(Object.keys(pathHeads)).toEqual(['a', 'date']);
  expect(Object.keys(nestedPaths)).toEqual(['a']);
  expect(meets({ date: { N: '4' }, a: { M: { b: { L: [{ S: '' }, { S: 'five5' }] } } } }, expression)).toBe(true);
});

it('reads what is nested deeply as fast as what is not', () => {
  let nested = 'a = :l';
  for (let depth = 0; depth < 200; depth++) nested = `NOT (b = :l OR ${nested})`;
  const begun = performance.now();
  parsed(nested);
  expect(performance.now() - begun).toBeLessThan(1000);
});

it.each([
  ['a-b', 'Syntax error; token: "-", near: "a-b"'],
  ['a = :l AND NOT #date', 'Syntax error; token: "<EOF>", near: "#date"'],
  ['a = ', 'Syntax error; token: "<EOF>", near: "= "'],
  ['contains()', 'Syntax error; token: ")", near: "()"'],
  ['((a = :l))', 'The expression has redundant parentheses;'],
  ['((a)) = :l', 'The expression has redundant parentheses;'],
  ['date = :l', 'Attribute name is a reserved keyword; reserved keyword: date'],
  ['a = :x', 'An expression attribute value used in expression is not defined; attribute value: :x'],
  ['#x = :l', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
  ['foo(a)', 'Invalid function name; function: foo'],
  ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
  ['a = contains(b, :l)', 'The function is not allowed to be used this way in an expression; function: contains'],
  [
    'size(a, b) > :n',
    'Incorrect number of operands for operator or function; operator or function: size, number of operands: 2',
  ],
  [
    'begins_with(a, :n)',
    'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
  ],
  [
    'a.b[1] = a.b[1]',
    'The first operand must be distinct from the remaining operands for this operator or function; operator: =, ' +
      'first operand: [a, b, [1]]',
  ],
  [
    'a BETWEEN :n AND :m',
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: ' +
      'AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:3}',
  ],
])('says what is wrong with %s', (expression, message) => {
  expect(() => parsed(expression)).toThrow(`Invalid ConditionExpression: ${message}`);
});
