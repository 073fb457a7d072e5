import { validationError } from '../errors.js';
import type { Condition } from '../expressions/condition.js';
import type { Item } from '../items/attribute-value.js';
import { type DocumentPath, project } from '../items/document-path.js';
import {
  type Conditional,
  type ItemWrite,
  type ParsedCondition,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
} from '../items/item-write.js';
import type { Written } from '../items/write-item.js';
import { keyNames, type Table } from '../tables/table.js';
import { conjunctionOf, itemOfWhere } from './key-of-where.js';
import type { Returning, Statement } from './statement.js';
import { noKey } from './statement-parser.js';

/** A statement that writes one item, or that checks one in a transaction. */
export type WriteStatement = Exclude<Statement, { readonly kind: 'select' }>;

type Checked = Pick<Conditional, 'ReturnValuesOnConditionCheckFailure'>;

/** A condition as the engine takes those of expressions. */
export const conditionOf = (expression: Condition): ParsedCondition => ({ expression, nestedPaths: {}, pathHeads: {} });

const exists = (table: Table, is: boolean): Condition => ({
  type: 'function',
  name: is ? 'attribute_exists' : 'attribute_not_exists',
  args: [[keyNames(table.keySchema)[0] ?? '']],
});

/** The write of a statement, checked as far as it can be without the item. @throws AwsError ValidationException */
export function prepareWrite(statement: WriteStatement, table: Table, checked: Checked): ItemWrite {
  const TableName = table.name;
  if (statement.kind === 'insert') {
    const _condition = conditionOf(exists(table, false));
    return preparePut({ ...checked, TableName, Item: statement.item, _condition, _isInsert: true }, table);
  }
  const named = itemOfWhere(statement.where, table.keySchema);
  if (named === undefined) throw noKey();
  const { key: Key, rest } = named;
  switch (statement.kind) {
    case 'update': {
      const { actions: sections } = statement;
      const _condition = conditionOf(conjunctionOf([exists(table, true), ...rest]) ?? exists(table, true));
      const paths = sections.map(({ path }) => path);
      return prepareUpdate(
        { ...checked, TableName, Key, _condition, _updates: { sections, paths, nestedPaths: nested(paths) } },
        table,
      );
    }
    case 'delete': {
      const condition = conjunctionOf(rest);
      return prepareDelete(
        { ...checked, TableName, Key, ...(condition && { _condition: conditionOf(condition) }) },
        table,
      );
    }
    case 'exists': {
      const _condition = conditionOf(conjunctionOf([exists(table, true), ...rest]) ?? exists(table, true));
      return prepareCheck({ ...checked, TableName, Key, _condition }, table);
    }
  }
}

/** The heads of the paths that lead into a value. */
const nested = (paths: readonly DocumentPath[]): Readonly<Record<string, boolean>> =>
  Object.fromEntries(paths.filter(({ length }) => length > 1).map(([head]) => [String(head), true]));

/** The attributes that a statement gives back of the item that it wrote; undefined where it gives none. */
export function returnedItem(statement: WriteStatement, { before, after }: Written): Item | undefined {
  if (statement.kind !== 'update' && statement.kind !== 'delete') return undefined;
  const { returning } = statement;
  if (returning === undefined) return undefined;
  if (statement.kind === 'delete') {
    if (returning !== 'ALL_OLD') throw validationError('DELETE statements give back ALL OLD * alone');
    return before;
  }
  return returned(
    returning,
    statement.actions.map(({ path }) => path),
    before,
    after,
  );
}

function returned(
  returning: Returning,
  paths: readonly DocumentPath[],
  before: Item | undefined,
  after: Item | undefined,
): Item | undefined {
  const item = returning.endsWith('OLD') ? before : after;
  return item && returning.startsWith('MODIFIED') ? project(item, paths) : item;
}
