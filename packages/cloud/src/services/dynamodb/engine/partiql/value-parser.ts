import { validations } from '../../input/dynalite.js';
import { RESERVED_NAME, reservedName, validationError } from '../errors.js';
import type { AttributeValue } from '../items/attribute-value.js';
import type { TokenReader } from './token-reader.js';

const SCALARS: Readonly<Record<string, AttributeValue>> = {
  TRUE: { BOOL: true },
  FALSE: { BOOL: false },
  NULL: { NULL: true },
};

/** True if a value begins here: a literal, or the mark of a parameter. */
export function isValue(tokens: TokenReader): boolean {
  const { kind } = tokens.next;
  if (kind === 'text' || kind === 'number') return true;
  return tokens.isMark('?', '{', '[', '<<', '-', '+') || tokens.isWord(...Object.keys(SCALARS));
}

/**
 * A value as DynamoDB stores it: `'ada'`, `36`, `true`, `null`, `[1, 2]`, `{'a': 1}`, `<<'x', 'y'>>`, `?`
 * @throws AwsError ValidationException
 */
export function parseValue(tokens: TokenReader): AttributeValue {
  const token = tokens.take();
  if (token.kind === 'text') return { S: token.text };
  if (token.kind === 'number') return numberValue(token.text);
  const scalar = token.kind === 'word' ? SCALARS[token.text.toUpperCase()] : undefined;
  if (scalar) return scalar;
  switch (token.kind === 'mark' ? token.text : '') {
    case '?':
      return tokens.parameter();
    case '-':
    case '+': {
      if (tokens.next.kind !== 'number') throw tokens.unexpected('expected a number');
      return numberValue(`${token.text === '-' ? '-' : ''}${tokens.take().text}`);
    }
    case '[':
      return { L: parseList(tokens, ']') };
    case '<<':
      return setOf(parseList(tokens, '>>'));
    case '{':
      return { M: parseMap(tokens) };
    default:
      throw tokens.unexpected('expected a value');
  }
}

/** The values up to a mark, which is taken. */
export function parseList(tokens: TokenReader, end: string): AttributeValue[] {
  const values: AttributeValue[] = [];
  if (tokens.takeMark(end)) return values;
  do values.push(parseValue(tokens));
  while (tokens.takeMark(','));
  tokens.expectMark(end);
  return values;
}

function parseMap(tokens: TokenReader): Readonly<Record<string, AttributeValue>> {
  const members: Record<string, AttributeValue> = {};
  if (tokens.takeMark('}')) return members;
  do {
    const { kind, text } = tokens.next;
    if (kind !== 'text' && kind !== 'quoted') throw tokens.unexpected('expected the name of a member in quotes');
    if (text === RESERVED_NAME) throw reservedName();
    tokens.take();
    tokens.expectMark(':');
    members[text] = parseValue(tokens);
  } while (tokens.takeMark(','));
  tokens.expectMark('}');
  return members;
}

/** Checked, and spelt as DynamoDB spells numbers. */
function numberValue(text: string): AttributeValue {
  return checkedValue({ N: text });
}

function setOf(values: readonly AttributeValue[]): AttributeValue {
  const texts = values.flatMap(({ S }) => S ?? []);
  if (texts.length === values.length) return checkedValue({ SS: texts });
  const numbers = values.flatMap(({ N }) => N ?? []);
  if (numbers.length === values.length) return checkedValue({ NS: numbers });
  const bytes = values.flatMap(({ B }) => B ?? []);
  if (bytes.length === values.length) return checkedValue({ BS: bytes });
  throw validationError('The members of a set must be all texts, all numbers or all binary');
}

/** @throws AwsError ValidationException for values that DynamoDB does not store */
export function checkedValue(value: AttributeValue): AttributeValue {
  const checked = { ...value };
  const message = validations.validateAttributeValue(checked);
  if (message) throw validationError(message);
  return checked;
}
