import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { validationError } from '../engine/errors.js';
import type { Item } from '../engine/items/attribute-value.js';
import { type Cost, consumedByTables, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { writeItem } from '../engine/items/write-item.js';
import { selectItem } from '../engine/partiql/select.js';
import type { Statement } from '../engine/partiql/statement.js';
import { prepareWrite, returnedItem } from '../engine/partiql/write.js';
import type { Partition } from '../engine/partition.js';
import { readStatement, type StatementInput, statementRows, statementTypes } from '../input/partiql-statement.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface BatchExecuteStatementInput {
  readonly Statements: readonly StatementInput[];
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const MAX_STATEMENTS = 25;

const types = {
  Statements: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_STATEMENTS,
    children: {
      type: 'ValueStruct<BatchStatementRequest>',
      children: { ...statementTypes, ConsistentRead: 'Boolean' },
    },
  },
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
};

/** A statement of a batch, or why it is none: one that is wrong does not stop the others. */
type Entry = { readonly input: StatementInput; readonly statement: Statement } | { readonly error: AwsError };

function entryOf(input: StatementInput, scope: Scope): Entry {
  try {
    const statement = readStatement(input, scope);
    if (statement.kind === 'exists') throw validationError('EXISTS is supported in transactions alone');
    return { input, statement };
  } catch (error) {
    if (error instanceof AwsError) return { error };
    throw error;
  }
}

function parse(raw: unknown, scope: Scope) {
  const input = parseInput<BatchExecuteStatementInput>(raw, { types });
  const entries = input.Statements.map((each) => entryOf(each, scope));
  const kinds = new Set(entries.flatMap((entry) => ('statement' in entry ? [entry.statement.kind === 'select'] : [])));
  if (kinds.size > 1) {
    throw validationError('The entire batch must consist of either read statements or write statements.');
  }
  return { entries, ReturnConsumedCapacity: input.ReturnConsumedCapacity };
}

interface Answer {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Error?: { readonly Code: string; readonly Message: string; readonly Item?: unknown };
}

/** Errors of entries have codes of their own: `ResourceNotFound` */
const codeOf = (code: string): string =>
  code === 'ValidationException' ? 'ValidationError' : code.replace(/Exception$/, '');

async function run(partition: Partition, entry: Entry): Promise<{ readonly answer: Answer; readonly cost?: Cost }> {
  if ('error' in entry) return { answer: failure(entry.error) };
  const { input, statement } = entry;
  const TableName = statement.table;
  try {
    const table = await partition.table(TableName);
    if (statement.kind === 'select') {
      const selected = selectItem(partition, table, statement, 'BatchExecuteStatement');
      const { item, cost } = await selected.read(input.ConsistentRead);
      return { answer: { TableName, ...(item && { Item: item }) }, cost };
    }
    const written = await writeItem(partition, prepareWrite(statement, table, input));
    const item = returnedItem(statement, written);
    return {
      answer: { TableName, ...(item && { Item: item }) },
      cost: writeCost(table, written.before, written.after),
    };
  } catch (error) {
    if (error instanceof AwsError) return { answer: { TableName, ...failure(error) } };
    throw error;
  }
}

const failure = ({ code, message, fields }: AwsError): Answer => ({
  Error: { Code: codeOf(code), Message: message, ...fields },
});

export const batchExecuteStatement = dynamoDbOperation({
  name: 'BatchExecuteStatement',
  parse,
  access: (row) =>
    statementRows(
      row,
      ({ entries }) => entries.flatMap((entry) => ('statement' in entry ? [entry.statement] : [])),
      'BatchExecuteStatement',
    ),
  handle: async ({ entries, ReturnConsumedCapacity }, call, state) => {
    const partition = state.partition(call);
    const done: Awaited<ReturnType<typeof run>>[] = [];
    for (const entry of entries) done.push(await run(partition, entry));
    return {
      Responses: done.map(({ answer }) => answer),
      ...consumedByTables(ReturnConsumedCapacity, () => done.flatMap(({ cost }) => cost ?? [])),
    };
  },
});
