import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { validationError } from '../engine/errors.js';
import type { Item } from '../engine/items/attribute-value.js';
import { consumedByTables, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { writeItem } from '../engine/items/write-item.js';
import { type SelectPlace, select } from '../engine/partiql/select.js';
import type { Statement } from '../engine/partiql/statement.js';
import { prepareWrite, returnedItem } from '../engine/partiql/write.js';
import { readStatement, type StatementInput, statementRows, statementTypes } from '../input/partiql-statement.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface ExecuteStatementInput extends StatementInput {
  readonly NextToken?: string;
  readonly Limit?: number;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const types = {
  ...statementTypes,
  ConsistentRead: 'Boolean',
  NextToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 32_768 },
  Limit: { type: 'Integer', greaterThanOrEqual: 1 },
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
};

interface Parsed extends ExecuteStatementInput {
  readonly statement: Statement;
  readonly start: SelectPlace | undefined;
}

function parse(raw: unknown, scope: Scope): Parsed {
  const input = parseInput<ExecuteStatementInput>(raw, { types });
  const statement = readStatement(input, scope);
  if (statement.kind === 'exists') throw validationError('EXISTS is supported in transactions alone');
  return { ...input, statement, start: placeOf(input) };
}

/** Tokens are bound to their statement. */
const tokenOf = ({ Statement }: StatementInput, place: SelectPlace): string =>
  Buffer.from(JSON.stringify([Statement, place])).toString('base64');

function placeOf({ NextToken, Statement }: ExecuteStatementInput): SelectPlace | undefined {
  if (NextToken === undefined) return undefined;
  try {
    const [of, place] = JSON.parse(Buffer.from(NextToken, 'base64').toString()) as [string, SelectPlace];
    if (of === Statement && typeof place.query === 'number') return place;
  } catch {
    // Text that is no token is refused like the token of another statement.
  }
  throw validationError('NextToken does not match request');
}

export const executeStatement = dynamoDbOperation({
  name: 'ExecuteStatement',
  parse,
  access: (row) => statementRows(row, ({ statement }) => [statement]),
  handle: async (input, call, state) => {
    const { statement, start, ConsistentRead, Limit } = input;
    const partition = state.partition(call);
    const table = await partition.table(statement.table);
    if (statement.kind === 'select') {
      const page = await select(partition, table, statement, {
        TableName: table.name,
        ...defined({ ConsistentRead, Limit }),
        start,
      });
      const { ConsumedCapacity } = consumedByTables(input.ReturnConsumedCapacity, () => page.costs);
      return {
        Items: page.items,
        ...(page.next && { NextToken: tokenOf(input, page.next) }),
        ...(page.next?.key && { LastEvaluatedKey: page.next.key }),
        ...(ConsumedCapacity && { ConsumedCapacity: ConsumedCapacity[0] }),
      };
    }
    const write = prepareWrite(statement, table, input);
    const written = await writeItem(partition, write);
    const Items: readonly Item[] = [returnedItem(statement, written) ?? []].flat();
    const { ConsumedCapacity } = consumedByTables(input.ReturnConsumedCapacity, () => [
      writeCost(table, written.before, written.after),
    ]);
    return { Items, ...(ConsumedCapacity && { ConsumedCapacity: ConsumedCapacity[0] }) };
  },
});
