import { AwsError } from '../../../core/aws-error.js';
import { tableAccess } from '../access.js';
import type { Partition } from '../engine/partition.js';
import type { Table } from '../engine/tables/table.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface UpdateContinuousBackupsInput extends TableInput {
  readonly PointInTimeRecoverySpecification: {
    readonly PointInTimeRecoveryEnabled: boolean;
    readonly RecoveryPeriodInDays?: number;
  };
}

const TableName = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
};

const PointInTimeRecoverySpecification = {
  type: 'FieldStruct<PointInTimeRecoverySpecification>',
  notNull: true,
  children: {
    PointInTimeRecoveryEnabled: { type: 'Boolean', notNull: true },
    RecoveryPeriodInDays: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 35 },
  },
};

async function backedUpTable(partition: Partition, name: string): Promise<Table> {
  const table = await partition.findTable(name);
  if (!table) throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  return table;
}

/** The last five minutes can not be restored. */
const LATEST_RESTORABLE_SECONDS = 300;

function describe({ pointInTimeRecovery }: Table, now: number) {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: pointInTimeRecovery
        ? {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: pointInTimeRecovery.days,
            EarliestRestorableDateTime: pointInTimeRecovery.since,
            LatestRestorableDateTime: Math.max(pointInTimeRecovery.since, now / 1000 - LATEST_RESTORABLE_SECONDS),
          }
        : { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}

export const describeContinuousBackups = dynamoDbOperation({
  name: 'DescribeContinuousBackups',
  parse: (raw) => parseInput<TableInput>(raw, { types: { TableName } }),
  access: (row) => [tableAccess(row, 'DescribeContinuousBackups')],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    return describe(await backedUpTable(partition, input.TableName), partition.now());
  },
});

/** Keeps the setting. Nothing is backed up: restoring is not supported. */
export const updateContinuousBackups = dynamoDbOperation({
  name: 'UpdateContinuousBackups',
  parse: (raw) =>
    parseInput<UpdateContinuousBackupsInput>(raw, { types: { TableName, PointInTimeRecoverySpecification } }),
  access: (row) => [tableAccess(row, 'UpdateContinuousBackups')],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(input.TableName, async () => {
      const { pointInTimeRecovery, ...table } = await backedUpTable(partition, input.TableName);
      const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays = 35 } = input.PointInTimeRecoverySpecification;
      const since = pointInTimeRecovery?.since ?? partition.now() / 1000;
      const after: Table = PointInTimeRecoveryEnabled
        ? { ...table, pointInTimeRecovery: { since, days: RecoveryPeriodInDays } }
        : table;
      await partition.putTable(after);
      return describe(after, partition.now());
    });
  },
});
