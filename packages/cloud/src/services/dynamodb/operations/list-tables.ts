import { anyAccess } from '../access.js';
import { paths } from '../engine/partition.js';
import { listTablesRules as rules } from '../input/dynalite.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface ListTablesInput {
  readonly Limit?: number;
  readonly ExclusiveStartTableName?: string;
}

export const listTables = dynamoDbOperation({
  name: 'ListTables',
  parse: (raw) => parseInput<ListTablesInput>(raw, rules),
  access: (row) => [anyAccess(row, 'ListTables')],
  handle: async ({ Limit = 100, ExclusiveStartTableName = '' }, call, state) => {
    const partition = state.partition(call);
    const names: string[] = [];
    const range = { gt: paths.table(ExclusiveStartTableName), lt: paths.table('~'), limit: Limit + 1 };
    for await (const [key] of partition.area.range(range)) names.push(key.slice(paths.table('').length));
    const more = names.length > Limit;
    const TableNames = more ? names.slice(0, Limit) : names;
    return { TableNames, ...(more && { LastEvaluatedTableName: TableNames.at(-1) }) };
  },
});
