import { ANY, compileGlob, literal } from '../../../core/wildcard.js';
import { type Literal, PatternError, type PatternReader } from './pattern-reader.js';

/** True if a value of a message is as a pattern wants it. */
export type Comparison = (value: unknown) => boolean;

const OPERATORS = ['>=', '<=', '!=', '=', '>', '<'] as const;

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A number, or the text of one. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** A text in which `*` stands for any characters. */
const wildcard = (text: string): ((value: string) => boolean) =>
  compileGlob(literal(text).map((unit, at) => (text[at] === '*' ? ANY : unit)));

function equalTo(operand: Literal): Comparison {
  if (operand.kind === 'expression') return (value) => isScalar(value) && operand.matches(String(value));
  const { text, quoted } = operand;
  if (text.includes('*')) {
    const matches = wildcard(text);
    return (value) => isScalar(value) && matches(String(value));
  }
  const number = quoted ? undefined : numberOf(text);
  if (number !== undefined) return (value) => numberOf(value) === number;
  return (value) => isScalar(value) && String(value) === text;
}

/**
 * Reads an operator and the value behind it; undefined where there is no operator.
 * @throws PatternError
 */
export function readComparison(reader: PatternReader): Comparison | undefined {
  const operator = OPERATORS.find((each) => reader.take(each));
  if (operator === undefined) return undefined;
  const operand = reader.literal();
  if (operator === '=') return equalTo(operand);
  if (operator === '!=') {
    const equal = equalTo(operand);
    return (value) => isScalar(value) && !equal(value);
  }
  const number = operand.kind === 'text' ? numberOf(operand.text) : undefined;
  if (number === undefined) throw new PatternError(`${operator} takes a number`);
  const holds = { '>': (n: number) => n > number, '<': (n: number) => n < number }[operator.charAt(0)] ?? (() => false);
  const orEqual = operator.endsWith('=');
  return (value) => {
    const actual = numberOf(value);
    return actual !== undefined && (holds(actual) || (orEqual && actual === number));
  };
}

/**
 * Conditions that are joined by `&&`, which binds closer, and `||`; parentheses group them.
 *
 * @param readOne reads one condition
 * @throws PatternError
 */
export function readConditions<Of>(
  reader: PatternReader,
  readOne: (reader: PatternReader) => (of: Of) => boolean,
): (of: Of) => boolean {
  const all = (): ((of: Of) => boolean) => {
    const parts = [primary()];
    while (reader.take('&&')) parts.push(primary());
    return (of) => parts.every((part) => part(of));
  };
  const any = (): ((of: Of) => boolean) => {
    const parts = [all()];
    while (reader.take('||')) parts.push(all());
    return (of) => parts.some((part) => part(of));
  };
  const primary = (): ((of: Of) => boolean) => {
    if (!reader.take('(')) return readOne(reader);
    const inner = any();
    reader.expect(')');
    return inner;
  };
  return any();
}
