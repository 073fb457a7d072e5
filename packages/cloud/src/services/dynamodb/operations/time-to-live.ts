import { tableAccess } from '../access.js';
import { noSuchTable, validationError } from '../engine/errors.js';
import { itemKey } from '../engine/items/keys.js';
import { garbage } from '../engine/partition.js';
import { buildEntries } from '../engine/tables/rebuild.js';
import type { Table } from '../engine/tables/table.js';
import { expiryEntry, expiryPrefix } from '../engine/tables/time-to-live.js';
import { describeTimeToLiveRules as rules } from '../input/dynalite.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface UpdateTimeToLiveInput extends TableInput {
  readonly TimeToLiveSpecification: { readonly Enabled: boolean; readonly AttributeName: string };
}

const updateTypes = {
  TableName: rules.types.TableName ?? 'String',
  TimeToLiveSpecification: {
    type: 'FieldStruct<TimeToLiveSpecification>',
    notNull: true,
    children: {
      Enabled: { type: 'Boolean', notNull: true },
      AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
    },
  },
};

export const describeTimeToLive = dynamoDbOperation({
  name: 'DescribeTimeToLive',
  parse: (raw) => parseInput<TableInput>(raw, rules),
  access: (row) => [tableAccess(row, 'DescribeTimeToLive')],
  handle: async ({ TableName }, call, state) => {
    const table = await state.partition(call).findTable(TableName);
    if (!table) throw noSuchTable(TableName);
    return {
      TimeToLiveDescription: table.timeToLive
        ? { TimeToLiveStatus: 'ENABLED', AttributeName: table.timeToLive.attributeName }
        : { TimeToLiveStatus: 'DISABLED' },
    };
  },
});

export const updateTimeToLive = dynamoDbOperation({
  name: 'UpdateTimeToLive',
  parse: (raw) => parseInput<UpdateTimeToLiveInput>(raw, { types: updateTypes }),
  access: (row) => [tableAccess(row, 'UpdateTimeToLive')],
  handle: ({ TableName, TimeToLiveSpecification }, call, state) => {
    const partition = state.partition(call);
    const { Enabled, AttributeName } = TimeToLiveSpecification;
    return partition.tableLocked(TableName, async () => {
      const table = await partition.findTable(TableName);
      if (!table) throw noSuchTable(TableName);
      const { timeToLive, ...rest } = table;
      if (!Enabled) {
        if (!timeToLive) throw validationError('TimeToLive is already disabled');
        if (timeToLive.attributeName !== AttributeName) {
          throw validationError(
            `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive.attributeName}`,
          );
        }
        await partition.putTable(rest, garbage([expiryPrefix(timeToLive)]));
        return { TimeToLiveSpecification };
      }
      if (timeToLive) {
        throw validationError(
          timeToLive.attributeName === AttributeName
            ? 'TimeToLive is already enabled'
            : `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive.attributeName}`,
        );
      }
      const next = { attributeName: AttributeName, id: partition.newId() };
      const after: Table = { ...table, timeToLive: next };
      await buildEntries(
        partition,
        table,
        expiryPrefix(next),
        (item) => expiryEntry(after, itemKey(item, after), item),
        { table: after },
      );
      return { TimeToLiveSpecification };
    });
  },
});
