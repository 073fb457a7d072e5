import { validationError } from '../errors.js';
import type { UpdateAction } from '../expressions/update.js';
import type { DocumentPath } from '../items/document-path.js';
import { parsePath } from './path-parser.js';
import type { TokenReader } from './token-reader.js';
import { isValue, parseValue } from './value-parser.js';

type Operand = (UpdateAction & { readonly type: 'set' })['val'];

/** The SET and REMOVE clauses of an UPDATE, in any order. */
export function parseActions(tokens: TokenReader): readonly UpdateAction[] {
  const actions: UpdateAction[] = [];
  for (;;) {
    if (tokens.takeWord('SET')) parseEach(tokens, () => actions.push(parseSet(tokens)));
    else if (tokens.takeWord('REMOVE'))
      parseEach(tokens, () => actions.push({ type: 'remove', path: parsePath(tokens) }));
    else break;
  }
  if (actions.length === 0) throw tokens.unexpected('expected SET or REMOVE');
  return actions;
}

function parseEach(tokens: TokenReader, parse: () => void): void {
  do parse();
  while (tokens.takeMark(','));
}

function parseSet(tokens: TokenReader): UpdateAction {
  const path = parsePath(tokens);
  tokens.expectMark('=');
  const name = tokens.next.kind === 'word' ? tokens.next.text.toUpperCase() : '';
  if (name === 'SET_ADD' || name === 'SET_DELETE') return parseSetFunction(tokens, path, name);
  return { type: 'set', path, val: parseSum(tokens) };
}

/** `tags = set_add(tags, <<'x'>>)` */
function parseSetFunction(tokens: TokenReader, path: DocumentPath, name: string): UpdateAction {
  tokens.take();
  tokens.expectMark('(');
  const changed = parsePath(tokens);
  if (JSON.stringify(changed) !== JSON.stringify(path)) {
    throw validationError(`${name.toLowerCase()} must be of the attribute that is set`);
  }
  tokens.expectMark(',');
  const val = parseValue(tokens);
  tokens.expectMark(')');
  return { type: name === 'SET_ADD' ? 'add' : 'delete', path, val };
}

function parseSum(tokens: TokenReader): Operand {
  const first = parseOperand(tokens);
  if (!tokens.isMark('+', '-')) return first;
  const type = tokens.take().text === '+' ? 'add' : 'subtract';
  return { type, args: [first, parseOperand(tokens)] };
}

function parseOperand(tokens: TokenReader): Operand {
  if (isValue(tokens)) return parseValue(tokens);
  const isQuoted = tokens.next.kind === 'quoted';
  const path = parsePath(tokens);
  const name = String(path[0]).toLowerCase();
  if (isQuoted || path.length > 1 || !tokens.takeMark('(')) return path;
  if (name !== 'list_append' && name !== 'if_not_exists') throw tokens.unexpected(`${name} is no function of SET`);
  const first = parseSum(tokens);
  tokens.expectMark(',');
  const second = parseSum(tokens);
  tokens.expectMark(')');
  return { type: 'function', name, args: [first, second] };
}
