import { defined } from '../../../core/defined.js';
import { tableAccess } from '../access.js';
import { noSuchTable, validationError } from '../engine/errors.js';
import type { Item } from '../engine/items/attribute-value.js';
import { indexKey, isIndexed } from '../engine/items/keys.js';
import { garbage, type Partition, paths } from '../engine/partition.js';
import { streamPrefix } from '../engine/streams/stream-record.js';
import { newStream } from '../engine/streams/table-stream.js';
import { describeTable, endingEncryption, type TableStatus } from '../engine/tables/describe.js';
import {
  type IndexUpdate,
  indexUpdates,
  lostIndexes,
  withIndex,
  withoutIndex,
  withUpdatedIndex,
  withUsedDefinitions,
} from '../engine/tables/index-update.js';
import { buildEntries } from '../engine/tables/rebuild.js';
import type {
  AttributeDefinition,
  IndexOfTable,
  StreamSpecification,
  Table,
  Throughput,
  WarmThroughput,
} from '../engine/tables/table.js';
import {
  attributeDefinitionsType,
  indexNameType,
  newGlobalIndex,
  onDemandThroughputType,
  tableOptions,
  throughputType,
  warmThroughputType,
} from '../engine/tables/table-rules.js';
import { OLD_TABLE } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface UpdateTableInput extends TableInput {
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly BillingMode?: Table['billingMode'];
  readonly ProvisionedThroughput?: Throughput;
  readonly OnDemandThroughput?: object;
  readonly WarmThroughput?: WarmThroughput;
  readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[];
  readonly StreamSpecification?: StreamSpecification;
  readonly SSESpecification?: NonNullable<Table['encryption']>;
  readonly TableClass?: string;
  readonly DeletionProtectionEnabled?: boolean;
}

const types = {
  ...OLD_TABLE,
  AttributeDefinitions: attributeDefinitionsType,
  BillingMode: { type: 'String', enum: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  ProvisionedThroughput: throughputType,
  ...tableOptions,
  ReplicaUpdates: 'List',
  GlobalSecondaryIndexUpdates: {
    type: 'List',
    children: {
      type: 'ValueStruct<GlobalSecondaryIndexUpdate>',
      children: {
        Create: { type: 'FieldStruct<CreateGlobalSecondaryIndexAction>', children: newGlobalIndex },
        Update: {
          type: 'FieldStruct<UpdateGlobalSecondaryIndexAction>',
          children: {
            IndexName: indexNameType,
            ProvisionedThroughput: throughputType,
            OnDemandThroughput: onDemandThroughputType,
            WarmThroughput: warmThroughputType,
          },
        },
        Delete: { type: 'FieldStruct<DeleteGlobalSecondaryIndexAction>', children: { IndexName: indexNameType } },
      },
    },
  },
};

function parse(raw: unknown): UpdateTableInput {
  if (typeof raw === 'object' && raw !== null && 'ReplicaUpdates' in raw) {
    throw validationError('ReplicaUpdates is not supported by the local cloud: tables have no replicas');
  }
  const input = parseInput<UpdateTableInput>(raw, { types });
  const { TableName: _, _tableScope, AttributeDefinitions: __, ...changes } = input;
  if (Object.keys(changes).length === 0) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or ' +
        'SSESpecification or ReplicaUpdates is required',
    );
  }
  return input;
}

function withBilling(table: Table, { BillingMode, ProvisionedThroughput }: UpdateTableInput, now: number): Table {
  const billingMode = BillingMode ?? table.billingMode;
  if (billingMode === 'PAY_PER_REQUEST') {
    if (ProvisionedThroughput) {
      throw validationError(
        'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified ' +
          'when BillingMode is PAY_PER_REQUEST',
      );
    }
    if (table.billingMode === 'PAY_PER_REQUEST') return table;
    const none = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
    return {
      ...table,
      billingMode,
      payPerRequestSince: now / 1000,
      throughput: none,
      globalIndexes: table.globalIndexes.map((index) => ({ ...index, ProvisionedThroughput: none })),
    };
  }
  if (BillingMode && !ProvisionedThroughput && table.billingMode !== 'PROVISIONED') {
    throw validationError(
      'One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED',
    );
  }
  if (!ProvisionedThroughput) return { ...table, billingMode };
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = table.throughput;
  if (
    table.billingMode === 'PROVISIONED' &&
    read === ProvisionedThroughput.ReadCapacityUnits &&
    write === ProvisionedThroughput.WriteCapacityUnits
  ) {
    throw validationError(
      'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
        `Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. ` +
        `Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. ` +
        'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
  }
  return { ...table, billingMode, throughput: ProvisionedThroughput };
}

function withStream(table: Table, specification: StreamSpecification | undefined, now: number): Table {
  if (!specification) return table;
  if (specification.StreamEnabled) {
    if (table.stream?.StreamEnabled) {
      throw validationError(`Table already has an enabled stream: TableName: ${table.name}`);
    }
    return { ...table, stream: newStream(specification, now) };
  }
  if (!table.stream?.StreamEnabled) throw validationError(`Table has no stream to disable: TableName: ${table.name}`);
  return { ...table, stream: { ...table.stream, StreamEnabled: false } };
}

/** The remains of a stream that is replaced by a new one. */
function lostStream(before: Table, after: Table): string[] {
  const lost = before.stream && before.stream.label !== after.stream?.label;
  return lost ? [streamPrefix(before, before.stream.label)] : [];
}

function withOptions(table: Table, input: UpdateTableInput, now: number): Table {
  const { OnDemandThroughput, WarmThroughput, SSESpecification, TableClass, DeletionProtectionEnabled } = input;
  return {
    ...withStream(withBilling(table, input, now), input.StreamSpecification, now),
    ...(OnDemandThroughput && { onDemandThroughput: OnDemandThroughput }),
    ...(WarmThroughput && { warmThroughput: WarmThroughput }),
    ...(SSESpecification && { encryption: SSESpecification }),
    ...(TableClass && { tableClass: { TableClass, LastUpdateDateTime: now / 1000 } }),
    ...defined({ deletionProtection: DeletionProtectionEnabled }),
  };
}

async function update(partition: Partition, before: Table, input: UpdateTableInput) {
  const { create, remove, updates } = indexUpdates(input.GlobalSecondaryIndexUpdates ?? []);
  let table = withOptions(before, input, partition.now());
  if (remove) table = withoutIndex(table, remove);
  const index = create && { ...create, id: partition.newId() };
  if (index) table = withIndex(table, index, input.AttributeDefinitions ?? []);
  for (const change of updates) table = withUpdatedIndex(table, change);
  table = withUsedDefinitions(table);
  const left = [...lostStream(before, table), ...lostIndexes(before, table)];
  if (index) {
    const entryOf = (item: Item) =>
      isIndexed(item, table, index) ? paths.index(index, indexKey(item, table, index)) : undefined;
    await buildEntries(partition, before, paths.index(index, ''), entryOf, { table, garbage: left });
  } else {
    await partition.putTable(table, garbage(left));
  }
  return table;
}

export const updateTable = dynamoDbOperation({
  name: 'UpdateTable',
  parse,
  access: (row) => [tableAccess(row, 'UpdateTable')],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(input.TableName, async () => {
      const before = await partition.findTable(input.TableName);
      if (!before) throw noSuchTable(input.TableName);
      await state.keys.checkNew({ name: before.name, encryption: input.SSESpecification ?? {} }, call);
      const table = await update(partition, before, input);
      const known = new Set(before.globalIndexes.map(({ IndexName }) => IndexName));
      const updated = (input.GlobalSecondaryIndexUpdates ?? []).flatMap(({ Update }) => Update?.IndexName ?? []);
      const statusOf = (index: IndexOfTable): TableStatus =>
        !known.has(index.IndexName) ? 'CREATING' : updated.includes(index.IndexName) ? 'UPDATING' : 'ACTIVE';
      const underway = { indexStatus: statusOf, warms: input.WarmThroughput !== undefined };
      const description = describeTable(table, await partition.statistics(table), 'UPDATING', underway);
      return { TableDescription: { ...description, ...endingEncryption(before, table) } };
    });
  },
});
