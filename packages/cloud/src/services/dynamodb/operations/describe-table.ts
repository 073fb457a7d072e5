import { tableAccess } from '../access.js';
import { noSuchTable } from '../engine/errors.js';
import { describeTable as describe } from '../engine/tables/describe.js';
import { describeTableRules as rules } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

export const describeTable = dynamoDbOperation({
  name: 'DescribeTable',
  parse: (raw) => parseInput<TableInput>(raw, rules),
  access: (row) => [tableAccess(row, 'DescribeTable')],
  handle: async ({ TableName }, call, state) => {
    const partition = state.partition(call);
    const table = await partition.findTable(TableName);
    if (!table) throw noSuchTable(TableName);
    return { Table: describe(table, await partition.statistics(table)) };
  },
});
