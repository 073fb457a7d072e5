import { describe, expect, test } from 'vitest';
import { compileCondition } from './condition.js';

type Values = string | readonly string[];

/** True if `operator` with the policy's values holds where the request has `actual` for the key. */
function holds(operator: string, wanted: Values, actual: Values | undefined, others: Record<string, Values> = {}) {
  const values = typeof wanted === 'string' ? [wanted] : wanted;
  const condition = compileCondition({ operator, key: 'Some:Key', values }, true);
  return condition((key) => (key === 'some:key' ? actual : others[key]));
}

describe('one value', () => {
  test.each<[operator: string, wanted: Values, actual: string, expected: boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringEqualsIgnoreCase', 'Admin', 'aDMIN', true],
    ['StringNotEqualsIgnoreCase', 'Admin', 'aDMIN', false],
    ['StringLike', 'home/*/x?', 'home/a/b/xy', true],
    ['StringLike', 'home/*', 'Home/a', false],
    ['StringNotLike', 'home/*', 'home/a', false],
    ['NumericEquals', '10', '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '10.5', true],
    ['NumericGreaterThanEquals', '10', 'ten', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', true],
    ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59Z', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
    ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
    ['Bool', 'true', 'True', true],
    ['Bool', 'false', 'true', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
    ['IpAddress', '127.0.0.1', '::ffff:127.0.0.1', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '2001:db8::/32', '203.0.113.7', false],
    ['IpAddress', 'nonsense', '203.0.113.7', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.7', false],
    ['ArnLike', 'arn:aws:execute-api:*:*:abc/*', 'arn:aws:execute-api:eu-west-1:123456789012:abc/v1/GET/users', true],
    ['ArnEquals', 'arn:aws:sns:*:123456789012:topic', 'arn:aws:sns:eu-west-1:123456789012:topic', true],
    ['ArnLike', 'arn:aws:sns:*', 'arn:aws:sns:eu-west-1:123456789012:topic', false],
    ['ArnLike', 'arn:aws:sns:*:topic', 'arn:aws:sns:eu-west-1:123456789012:topic', false],
    ['ArnNotLike', 'arn:aws:sns:*:*:other', 'arn:aws:sns:eu-west-1:123456789012:topic', true],
    ['ArnNotEquals', 'arn:aws:sns:*:*:topic', 'arn:aws:sns:eu-west-1:123456789012:topic', false],
  ])('%s %j with %j is %s', (operator, wanted, actual, expected) => {
    expect(holds(operator, wanted, actual)).toBe(expected);
  });
});

describe('a key that the request lacks', () => {
  test.each<[operator: string, expected: boolean]>([
    ['StringEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEquals', true],
    ['NotIpAddress', true],
    ['Bool', false],
    ['BoolIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringLikeIfExists', true],
  ])('%s is %s', (operator, expected) => {
    expect(holds(operator, 'x', undefined)).toBe(expected);
    expect(holds(operator, 'x', [])).toBe(expected);
  });

  test('Null asks for it', () => {
    expect(holds('Null', 'true', undefined)).toBe(true);
    expect(holds('Null', 'false', undefined)).toBe(false);
    expect(holds('Null', 'true', 'x')).toBe(false);
    expect(holds('Null', 'false', 'x')).toBe(true);
  });
});

describe('keys of several values', () => {
  test.each<[operator: string, wanted: Values, actual: Values, expected: boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['b', 'a'], true],
    ['ForAllValues:StringLike', 'user-*', ['user-1', 'user-2'], true],
    ['StringEquals', 'a', ['a'], true],
    ['StringEquals', ['a', 'b'], ['a', 'b'], false],
  ])('%s %j with %j is %s', (operator, wanted, actual, expected) => {
    expect(holds(operator, wanted, actual)).toBe(expected);
  });
});

describe('policy variables', () => {
  test('stand for the value of another key', () => {
    expect(holds('StringEquals', '$' + '{aws:PrincipalTag/team}', 'blue', { 'aws:principaltag/team': 'blue' })).toBe(
      true,
    );
    expect(holds('StringLike', 'x/$' + '{aws:userid}/*', 'x/me/y', { 'aws:userid': 'me' })).toBe(true);
  });

  test('bring no wildcards with them', () => {
    expect(holds('StringLike', '$' + '{aws:userid}', 'anything', { 'aws:userid': '*' })).toBe(false);
    expect(holds('StringLike', '$' + '{aws:userid}', '*', { 'aws:userid': '*' })).toBe(true);
  });

  test('match nothing where the key is missing or has several values', () => {
    expect(holds('StringEquals', '$' + '{aws:userid}', '')).toBe(false);
    expect(holds('StringEquals', '$' + '{aws:userid}', 'a', { 'aws:userid': ['a'] })).toBe(false);
    expect(holds('StringNotEquals', '$' + '{aws:userid}', 'a')).toBe(true);
  });

  test('fall back to their default', () => {
    expect(holds('StringEquals', '$' + "{aws:PrincipalTag/team, 'none'}", 'none')).toBe(true);
  });

  test('escape the special characters', () => {
    expect(holds('StringLike', 'a$' + '{*}', 'a*')).toBe(true);
    expect(holds('StringLike', 'a$' + '{*}', 'ab')).toBe(false);
    expect(holds('StringEquals', '$' + '{$}' + '{?}', '$' + '{?}')).toBe(true);
  });

  test('are text in policies of version 2008-10-17', () => {
    const condition = compileCondition({ operator: 'StringEquals', key: 'k', values: ['$' + '{aws:userid}'] }, false);
    expect(condition((key) => (key === 'k' ? '$' + '{aws:userid}' : 'me'))).toBe(true);
  });
});
