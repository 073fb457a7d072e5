import { createHash } from 'node:crypto';
import type { Scope } from '../../../core/operation.js';
import { validationError } from '../engine/errors.js';
import { consumedByTables, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { selectItem } from '../engine/partiql/select.js';
import type { SelectStatement, Statement } from '../engine/partiql/statement.js';
import { prepareWrite, returnedItem, type WriteStatement } from '../engine/partiql/write.js';
import type { Partition } from '../engine/partition.js';
import { part, refuseCancelled, refuseDuplicates, refuseLarge, transact } from '../engine/transactions/transaction.js';
import { canonicalJson } from '../input/canonical-json.js';
import { readStatement, type StatementInput, statementRows, statementTypes } from '../input/partiql-statement.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface ExecuteTransactionInput {
  readonly TransactStatements: readonly StatementInput[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const MAX_STATEMENTS = 100;

const types = {
  TransactStatements: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_STATEMENTS,
    children: { type: 'ValueStruct<ParameterizedStatement>', children: statementTypes },
  },
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
};

interface Entry<S extends Statement> {
  readonly input: StatementInput;
  readonly statement: S;
}

type Reads = { readonly kind: 'reads'; readonly entries: readonly Entry<SelectStatement>[] };
type Writes = { readonly kind: 'writes'; readonly entries: readonly Entry<WriteStatement>[] };

function parse(raw: unknown, scope: Scope) {
  const input = parseInput<ExecuteTransactionInput>(raw, { types });
  const entries = input.TransactStatements.map((each) => ({ input: each, statement: readStatement(each, scope) }));
  return { ...input, work: workOf(entries) };
}

function workOf(entries: readonly Entry<Statement>[]): Reads | Writes {
  const reads = entries.flatMap(({ input, statement }) => (statement.kind === 'select' ? [{ input, statement }] : []));
  const writes = entries.flatMap(({ input, statement }) => (statement.kind === 'select' ? [] : [{ input, statement }]));
  if (reads.length > 0 && writes.length > 0) {
    throw validationError('The entire transaction must consist of either read statements or write statements.');
  }
  return reads.length > 0 ? { kind: 'reads', entries: reads } : { kind: 'writes', entries: writes };
}

/** Prepares each statement against its table; the whole is cancelled where one of them cannot be. */
async function prepared<S extends Statement, T>(
  partition: Partition,
  entries: readonly Entry<S>[],
  prepare: (entry: Entry<S>, table: Awaited<ReturnType<Partition['table']>>) => T,
): Promise<readonly T[]> {
  const parts = await Promise.all(
    entries.map(async (entry) => {
      const table = await partition.table(entry.statement.table);
      return part(() => prepare(entry, table));
    }),
  );
  refuseCancelled(parts.map(({ reason }) => reason));
  return parts.flatMap((each) => ('value' in each ? [each.value] : []));
}

async function read(partition: Partition, { entries }: Reads, wanted: ReturnConsumedCapacity) {
  const selects = await prepared(partition, entries, ({ statement }, table) => ({
    table,
    ...selectItem(partition, table, statement, 'ExecuteTransaction'),
  }));
  refuseDuplicates(selects);
  return partition.itemsLocked(
    selects,
    async () => {
      const selected = await Promise.all(selects.map((each) => each.read(true, 2)));
      refuseLarge(selected.map(({ item }) => item));
      return {
        Responses: selected.map(({ item }) => (item ? { Item: item } : {})),
        ...consumedByTables(wanted, () => selected.map(({ cost }) => cost)),
      };
    },
    'read',
  );
}

export const executeTransaction = dynamoDbOperation({
  name: 'ExecuteTransaction',
  parse,
  access: (row) =>
    statementRows(row, ({ work }) => work.entries.map(({ statement }) => statement), 'ExecuteTransaction'),
  handle: async ({ work, ClientRequestToken, ReturnConsumedCapacity, TransactStatements }, call, state) => {
    const partition = state.partition(call);
    if (work.kind === 'reads') return read(partition, work, ReturnConsumedCapacity);
    const writes = await prepared(partition, work.entries, ({ input, statement }, table) =>
      prepareWrite(statement, table, input),
    );
    refuseDuplicates(writes);
    const request = createHash('sha256').update(canonicalJson(TransactStatements)).digest('base64');
    const token = ClientRequestToken === undefined ? undefined : { name: ClientRequestToken, request };
    const changes = await transact(partition, writes, token);
    const items = work.entries.map(({ statement }, place) => {
      const change = changes[place];
      return change && returnedItem(statement, change);
    });
    return {
      // Writes that give nothing back have no responses, as AWS was recorded to answer.
      Responses: items.every((item) => item === undefined) ? [] : items.map((item) => (item ? { Item: item } : {})),
      ...consumedByTables(ReturnConsumedCapacity, () =>
        changes.map(({ table, before, after }) => writeCost(table, before, after, 2)),
      ),
    };
  },
});
