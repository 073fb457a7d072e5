import type { Condition } from '../expressions/condition.js';
import type { AttributeValue } from '../items/attribute-value.js';
import type { Comparator } from '../items/compare.js';
import type { DocumentPath } from '../items/document-path.js';
import { parsePath } from './path-parser.js';
import type { TokenReader } from './token-reader.js';
import { isValue, parseList, parseValue } from './value-parser.js';

interface FunctionCall {
  readonly type: 'function';
  readonly name: string;
  readonly args: readonly Operand[];
}

type Operand = DocumentPath | AttributeValue | FunctionCall;

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** Functions that are conditions, with the number of their operands. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  ATTRIBUTE_EXISTS: 1,
  ATTRIBUTE_NOT_EXISTS: 1,
  ATTRIBUTE_TYPE: 2,
  BEGINS_WITH: 2,
  CONTAINS: 2,
};

const not = (condition: Condition): Condition => ({ type: 'not', args: [condition] });
const call = (name: string, ...args: readonly Operand[]): FunctionCall => ({ type: 'function', name, args });

/**
 * The condition of a WHERE clause, in the shape in which expressions are evaluated ("PartiQL functions and operators for
 * DynamoDB" of the developer guide).
 * @throws AwsError ValidationException
 */
export function parseWhere(tokens: TokenReader): Condition {
  return parseEither(tokens);
}

function parseEither(tokens: TokenReader): Condition {
  let condition = parseBoth(tokens);
  while (tokens.takeWord('OR')) condition = { type: 'or', args: [condition, parseBoth(tokens)] };
  return condition;
}

function parseBoth(tokens: TokenReader): Condition {
  let condition = parseNegation(tokens);
  while (tokens.takeWord('AND')) condition = { type: 'and', args: [condition, parseNegation(tokens)] };
  return condition;
}

function parseNegation(tokens: TokenReader): Condition {
  return tokens.takeWord('NOT') ? not(parseNegation(tokens)) : parsePredicate(tokens);
}

function parsePredicate(tokens: TokenReader): Condition {
  if (tokens.takeMark('(')) {
    const condition = parseEither(tokens);
    tokens.expectMark(')');
    return condition;
  }
  const operand = parseOperand(tokens);
  if (isCall(operand) && operand.name !== 'size') return operand;
  return parseComparison(tokens, operand);
}

const isCall = (operand: Operand): operand is FunctionCall => 'type' in operand;

function parseComparison(tokens: TokenReader, operand: Operand): Condition {
  if (tokens.takeWord('IS')) return parseIs(tokens, operand);
  if (tokens.takeWord('NOT')) return not(parseRange(tokens, operand));
  const comparator = tokens.next.kind === 'mark' ? COMPARATORS[tokens.next.text] : undefined;
  if (comparator === undefined) return parseRange(tokens, operand);
  tokens.take();
  return { type: comparator, args: [operand, parseOperand(tokens)] };
}

/** `IS [NOT] MISSING`, `IS [NOT] NULL` */
function parseIs(tokens: TokenReader, operand: Operand): Condition {
  const isNegated = tokens.takeWord('NOT');
  const condition = tokens.takeWord('MISSING') ? call('attribute_not_exists', operand) : parseNull(tokens, operand);
  return isNegated ? not(condition) : condition;
}

function parseNull(tokens: TokenReader, operand: Operand): FunctionCall {
  tokens.expectWord('NULL');
  return call('attribute_type', operand, { S: 'NULL' });
}

function parseRange(tokens: TokenReader, operand: Operand): Condition {
  if (tokens.takeWord('BETWEEN')) {
    const low = parseOperand(tokens);
    tokens.expectWord('AND');
    return { type: 'between', args: [operand, low, parseOperand(tokens)] };
  }
  tokens.expectWord('IN');
  const end = tokens.takeMark('[') ? ']' : ')';
  if (end === ')') tokens.expectMark('(');
  return { type: 'in', args: [operand, ...parseList(tokens, end)] };
}

function parseOperand(tokens: TokenReader): Operand {
  if (isValue(tokens)) return parseValue(tokens);
  const isQuoted = tokens.next.kind === 'quoted';
  const path = parsePath(tokens);
  const [name] = path;
  if (isQuoted || path.length > 1 || typeof name !== 'string' || !tokens.isMark('(')) return path;
  return parseCall(tokens, name);
}

function parseCall(tokens: TokenReader, written: string): Operand {
  const name = written.toUpperCase();
  const count = name === 'SIZE' ? 1 : FUNCTIONS[name];
  if (count === undefined) throw tokens.unexpected(`${written} is no function of conditions`);
  tokens.expectMark('(');
  const args = [parseOperand(tokens)];
  for (let index = 1; index < count; index++) {
    tokens.expectMark(',');
    args.push(parseOperand(tokens));
  }
  tokens.expectMark(')');
  return { type: 'function', name: name.toLowerCase(), args };
}
