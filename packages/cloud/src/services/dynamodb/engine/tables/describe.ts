import { keyArn } from './managed-key.js';
import type { TableStatistics } from './statistics.js';
import type { IndexOfTable, Table, WarmThroughput } from './table.js';

/** The description of a table in DescribeTable and similar operations. */
export interface TableDescription {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableStatus: TableStatus;
  readonly LatestStreamArn?: string;
  readonly [member: string]: unknown;
}

export type TableStatus = 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';

const throughputOf = ({ NumberOfDecreasesToday = 0, ...units }: Partial<Table['throughput']>) => ({
  NumberOfDecreasesToday,
  ReadCapacityUnits: 0,
  WriteCapacityUnits: 0,
  ...units,
});

/** The units a second for which an on-demand table is ready at least. */
const ON_DEMAND = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

/** The load that a table or an index takes at once: shown once it is there, and before if it was requested. */
function warmThroughput(
  asked: WarmThroughput | undefined,
  throughput: Table['throughput'] | undefined,
  onDemand: boolean,
  status: TableStatus,
) {
  if (status === 'DELETING' || (status === 'CREATING' && asked === undefined)) return {};
  const provisioned = {
    ReadUnitsPerSecond: throughput?.ReadCapacityUnits ?? 0,
    WriteUnitsPerSecond: throughput?.WriteCapacityUnits ?? 0,
  };
  const units = onDemand ? ON_DEMAND : provisioned;
  return { WarmThroughput: { ...units, ...asked, Status: status === 'ACTIVE' ? 'ACTIVE' : 'UPDATING' } };
}

function describeIndex(
  { id, ProvisionedThroughput, WarmThroughput: _, ...index }: IndexOfTable,
  table: Table,
  statistics: TableStatistics,
) {
  const { items = 0, bytes = 0 } = statistics.indexes.get(id) ?? {};
  return {
    ...index,
    IndexArn: `${table.arn}/index/${index.IndexName}`,
    ItemCount: items,
    IndexSizeBytes: bytes,
  };
}

/** The changes under way that a description names; without them everything is ACTIVE. */
interface Underway {
  readonly indexStatus?: (index: IndexOfTable) => TableStatus;
  /** True if an update changes the load that the table takes at once. @default false */
  readonly warms?: boolean;
}

/** The answer of an operation that changes something names the change under way; afterwards everything is ACTIVE. */
export function describeTable(
  table: Table,
  statistics: TableStatistics,
  status: TableStatus = 'ACTIVE',
  { indexStatus = () => (status === 'CREATING' ? 'CREATING' : 'ACTIVE'), warms = false }: Underway = {},
): TableDescription {
  const { stream, encryption, globalIndexes, localIndexes } = table;
  const onDemand = table.billingMode === 'PAY_PER_REQUEST';
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: status,
    CreationDateTime: table.created,
    AttributeDefinitions: table.attributes,
    KeySchema: table.keySchema,
    ItemCount: statistics.items,
    TableSizeBytes: statistics.bytes,
    ProvisionedThroughput: throughputOf(table.throughput),
    ...((onDemand || table.payPerRequestSince !== undefined) && {
      BillingModeSummary: {
        BillingMode: table.billingMode,
        ...(table.payPerRequestSince !== undefined &&
          status !== 'CREATING' && {
            LastUpdateToPayPerRequestDateTime: table.payPerRequestSince,
          }),
      },
      TableThroughputModeSummary: { TableThroughputMode: table.billingMode },
    }),
    ...warmThroughput(
      table.warmThroughput,
      table.throughput,
      onDemand,
      status === 'UPDATING' && !warms ? 'ACTIVE' : status,
    ),
    ...(table.onDemandThroughput && { OnDemandThroughput: table.onDemandThroughput }),
    ...(localIndexes.length > 0 && {
      LocalSecondaryIndexes: localIndexes.map((index) => describeIndex(index, table, statistics)),
    }),
    ...(globalIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalIndexes.map((index) => ({
        ...describeIndex(index, table, statistics),
        ...warmThroughput(index.WarmThroughput, index.ProvisionedThroughput, onDemand, indexStatus(index)),
        IndexStatus: indexStatus(index),
        ProvisionedThroughput: throughputOf(index.ProvisionedThroughput ?? {}),
      })),
    }),
    ...(stream && {
      ...(stream.StreamEnabled && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType },
      }),
      LatestStreamLabel: stream.label,
      LatestStreamArn: streamArn(table, stream.label),
    }),
    ...(encryption?.Enabled && { SSEDescription: encryptionOf(table, 'ENABLED') }),
    ...(table.tableClass && { TableClassSummary: table.tableClass }),
    DeletionProtectionEnabled: table.deletionProtection,
  };
}

const encryptionOf = (table: Table, status: 'ENABLED' | 'UPDATING') => ({
  Status: status,
  SSEType: 'KMS',
  KMSMasterKeyArn: keyArn(table, table.encryption?.KMSMasterKeyId),
});

/** The answer to an update that ends the encryption by a key still tells of it. */
export function endingEncryption(before: Table, after: Table) {
  return before.encryption?.Enabled && !after.encryption?.Enabled
    ? { SSEDescription: encryptionOf(before, 'UPDATING') }
    : {};
}

export function streamArn(table: Table, label: string): string {
  return `${table.arn}/stream/${label}`;
}
