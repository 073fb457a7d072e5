import { tableAccess } from '../access.js';
import { noSuchTable, validationError } from '../engine/errors.js';
import { prefixesOf } from '../engine/sweep.js';
import { describeTable } from '../engine/tables/describe.js';
import { emptyStatistics } from '../engine/tables/statistics.js';
import { deleteTableRules as rules } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

export const deleteTable = dynamoDbOperation({
  name: 'DeleteTable',
  parse: (raw) => parseInput<TableInput>(raw, rules),
  access: (row) => [tableAccess(row, 'DeleteTable')],
  handle: ({ TableName }, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(TableName, async () => {
      const table = await partition.findTable(TableName);
      if (!table) throw noSuchTable(TableName);
      if (table.deletionProtection) {
        throw validationError(
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      }
      await partition.removeTable(table, prefixesOf(table));
      const gone = { ...table, globalIndexes: [], localIndexes: [] };
      const {
        AttributeDefinitions: _,
        KeySchema: _keys,
        CreationDateTime: _created,
        ...description
      } = describeTable(gone, emptyStatistics(), 'DELETING');
      return { TableDescription: description };
    });
  },
});
