import type { AccessRow, RowMaker } from '../../../core/access.js';
import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { type ItemAccess, statementAccess } from '../access.js';
import type { AttributeValue } from '../engine/items/attribute-value.js';
import { valuesOfWhere } from '../engine/partiql/key-of-where.js';
import type { Statement } from '../engine/partiql/statement.js';
import { parseStatement } from '../engine/partiql/statement-parser.js';
import { checkedValue } from '../engine/partiql/value-parser.js';
import type { DynamoDbState } from '../service-state.js';
import { attributesOfCondition, attributesOfUpdate } from './named-attributes.js';
import { ownTable } from './table-names.js';

/** A statement as requests give it. */
export interface StatementInput {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

/** The shapes of its members, as dynalite's checks take them. */
export const statementTypes = {
  Statement: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 8192 },
  Parameters: { type: 'List', lengthGreaterThanOrEqual: 1, children: 'AttrStruct<ValueStruct>' },
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

/** Reads a statement, whose table may be named by its ARN. @throws AwsError ValidationException */
export function readStatement({ Statement, Parameters = [] }: StatementInput, scope: Scope): Statement {
  const statement = parseStatement(Statement, Parameters.map(checkedValue));
  return { ...statement, table: ownTable(statement.table, scope) };
}

const ACTIONS = {
  select: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
} as const;

/** The action of a statement. EXISTS is a check of its own (`dynamodb:ConditionCheckItem`). */
const actionOf = (statement: Statement): string =>
  statement.kind === 'exists' ? 'ConditionCheckItem' : ACTIONS[statement.kind];

function attributesOf(statement: Statement): readonly string[] {
  if (statement.kind === 'insert') return Object.keys(statement.item);
  const conditions = [...attributesOfCondition(statement.where)];
  if (statement.kind === 'update') {
    const { actions: sections } = statement;
    const input = { TableName: '', Key: {}, _updates: { sections, paths: [], nestedPaths: {} } };
    return [...conditions, ...attributesOfUpdate(input)];
  }
  const paths = statement.kind === 'select' ? (statement.paths ?? []) : [];
  return [...conditions, ...paths.map(([head]) => String(head))];
}

function accessOf(statement: Statement, enclosingOperation: string | undefined): ItemAccess {
  const returning = 'returning' in statement ? statement.returning : undefined;
  return {
    TableName: statement.table,
    ...(statement.kind === 'insert'
      ? { keys: [statement.item] }
      : { valuesOf: (attribute) => valuesOfWhere(statement.where, attribute) }),
    attributes: () => attributesOf(statement),
    returnValues: returning?.replace('MODIFIED', 'UPDATED'),
    ...defined({ enclosingOperation }),
    ...(statement.kind === 'select' && {
      select: statement.paths ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
      indexName: statement.index,
      mayScan: true,
    }),
  };
}

/** The rows of the operations that run statements: one action for each kind of statement. */
export function statementRows<Input>(
  row: RowMaker<DynamoDbState, Input>,
  statementsOf: (input: Input) => readonly Statement[],
  enclosingOperation?: string,
): readonly AccessRow<DynamoDbState, Input>[] {
  const keys = {
    PartiQLSelect: ['EnclosingOperation', 'FullTableScan', 'LeadingKeys', 'Select'],
    PartiQLInsert: ['EnclosingOperation', 'LeadingKeys'],
    PartiQLUpdate: ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'],
    PartiQLDelete: ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'],
    ConditionCheckItem: ['LeadingKeys', 'ReturnConsumedCapacity', 'ReturnValues'],
  } as const;
  return (Object.keys(keys) as (keyof typeof keys)[])
    .filter((action) => action !== 'ConditionCheckItem' || enclosingOperation === 'ExecuteTransaction')
    .map((action) =>
      statementAccess(row, action, keys[action], (input) =>
        statementsOf(input)
          .filter((statement) => actionOf(statement) === action)
          .map((statement) => accessOf(statement, enclosingOperation)),
      ),
    );
}
