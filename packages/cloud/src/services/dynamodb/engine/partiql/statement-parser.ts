import { validationError } from '../errors.js';
import type { Condition } from '../expressions/condition.js';
import type { AttributeValue } from '../items/attribute-value.js';
import type { DocumentPath } from '../items/document-path.js';
import { parseWhere } from './condition-parser.js';
import { parsePath } from './path-parser.js';
import type { InsertStatement, Returning, SelectStatement, Statement } from './statement.js';
import { TokenReader } from './token-reader.js';
import { parseActions } from './update-parser.js';
import { parseValue } from './value-parser.js';

/**
 * Reads a statement ("PartiQL for DynamoDB" of the developer guide).
 * @param parameters the values of its `?`
 * @throws AwsError ValidationException
 */
export function parseStatement(text: string, parameters: readonly AttributeValue[]): Statement {
  const tokens = new TokenReader(text, parameters);
  const statement = parse(tokens);
  tokens.end();
  return statement;
}

function parse(tokens: TokenReader): Statement {
  if (tokens.isWord('SELECT')) return parseSelect(tokens);
  if (tokens.takeWord('INSERT')) return parseInsert(tokens);
  if (tokens.takeWord('UPDATE')) return parseUpdate(tokens);
  if (tokens.takeWord('DELETE')) return parseDelete(tokens);
  if (tokens.takeWord('EXISTS')) return parseExists(tokens);
  throw tokens.unexpected('expected SELECT, INSERT, UPDATE, DELETE or EXISTS');
}

function parseSelect(tokens: TokenReader): SelectStatement {
  tokens.expectWord('SELECT');
  const paths = tokens.takeMark('*') ? undefined : parsePaths(tokens);
  tokens.expectWord('FROM');
  const table = tokens.name();
  const index = tokens.takeMark('.') ? tokens.name() : undefined;
  const where = tokens.takeWord('WHERE') ? parseWhere(tokens) : undefined;
  return { kind: 'select', table, index, paths, where, order: parseOrder(tokens) };
}

function parsePaths(tokens: TokenReader): readonly DocumentPath[] {
  const paths = [parsePath(tokens)];
  while (tokens.takeMark(',')) paths.push(parsePath(tokens));
  return paths;
}

function parseOrder(tokens: TokenReader): SelectStatement['order'] {
  if (!tokens.takeWord('ORDER')) return [];
  tokens.expectWord('BY');
  const order: { name: string; descending: boolean }[] = [];
  do {
    const name = tokens.name();
    const descending = tokens.takeWord('DESC');
    if (!descending) tokens.takeWord('ASC');
    order.push({ name, descending });
  } while (tokens.takeMark(','));
  return order;
}

function parseInsert(tokens: TokenReader): InsertStatement {
  tokens.expectWord('INTO');
  const table = tokens.name();
  tokens.expectWord('VALUE');
  const { M: item } = parseValue(tokens);
  if (item === undefined) throw validationError("The value of an INSERT must be an item: {'key': value}");
  return { kind: 'insert', table, item };
}

function parseUpdate(tokens: TokenReader): Statement {
  const table = tokens.name();
  const actions = parseActions(tokens);
  return { kind: 'update', table, actions, where: parseRequiredWhere(tokens), returning: parseReturning(tokens) };
}

function parseDelete(tokens: TokenReader): Statement {
  tokens.expectWord('FROM');
  const table = tokens.name();
  return { kind: 'delete', table, where: parseRequiredWhere(tokens), returning: parseReturning(tokens) };
}

function parseExists(tokens: TokenReader): Statement {
  tokens.expectMark('(');
  const { table, where } = parseSelect(tokens);
  tokens.expectMark(')');
  if (where === undefined) throw noKey();
  return { kind: 'exists', table, where };
}

function parseRequiredWhere(tokens: TokenReader): Condition {
  if (!tokens.takeWord('WHERE')) throw noKey();
  return parseWhere(tokens);
}

/** The answer to statements about one item whose WHERE does not name it. */
export const noKey = () => validationError('Where clause does not contain a mandatory equality on all key attributes');

function parseReturning(tokens: TokenReader): Returning | undefined {
  if (!tokens.takeWord('RETURNING')) return undefined;
  const isAll = tokens.takeWord('ALL');
  if (!isAll) tokens.expectWord('MODIFIED');
  const isOld = tokens.takeWord('OLD');
  if (!isOld) tokens.expectWord('NEW');
  tokens.expectMark('*');
  return `${isAll ? 'ALL' : 'MODIFIED'}_${isOld ? 'OLD' : 'NEW'}`;
}
