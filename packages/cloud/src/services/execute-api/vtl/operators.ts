import type { Budget } from './budget.js';
import { same } from './collection-methods.js';
import type { BinaryOperator } from './syntax.js';
import { isList, textOf, type Value } from './value.js';

/** Null and false are false, everything else is true. */
export function isTrue(value: Value): boolean {
  return value !== null && value !== false;
}

/** Nothing and the empty string are equal, as AWS was recorded to find; values of other types compare by their text. */
export function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return (left ?? '') === (right ?? '');
  if (typeof left === typeof right) return same(left, right);
  return textOf(left) === textOf(right);
}

/** The result of an operator on two values; null where there is none, such as a sum of a list and a number. */
export function operate(
  operator: Exclude<BinaryOperator, '&&' | '||'>,
  left: Value,
  right: Value,
  budget: Budget,
): Value {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compare(operator, left, right);
    case '+':
      return plus(left, right, budget);
    default:
      return typeof left === 'number' && typeof right === 'number' ? arithmetic(operator, left, right) : null;
  }
}

function compare(operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): boolean {
  const comparable =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (!comparable) return false;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

function plus(left: Value, right: Value, budget: Budget): Value {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' || typeof right === 'string') return budget.text(textOf(left) + textOf(right));
  return isList(left) || left === null || right === null ? null : budget.text(textOf(left) + textOf(right));
}

/** Whole numbers are divided as whole numbers, and nothing is divided by zero. */
function arithmetic(operator: '-' | '*' | '/' | '%', left: number, right: number): Value {
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0) return null;
  if (operator === '%') return left % right;
  const quotient = left / right;
  return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(quotient) : quotient;
}
