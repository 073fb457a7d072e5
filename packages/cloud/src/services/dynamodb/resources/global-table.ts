import { defined } from '../../../core/defined.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { hasCompositeKey } from '../engine/tables/composite-keys.js';
import { table } from './table.js';
import { unsupportedProperty } from './table-properties.js';

const TYPE = 'AWS::DynamoDB::GlobalTable';

const refuse = (name: string, why: string) => unsupportedProperty(name, why, TYPE);

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(membersOf) : [];
}

const OF_TABLE = new Set([
  'AttributeDefinitions',
  'BillingMode',
  'KeySchema',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TableName',
  'TimeToLiveSpecification',
  'WarmThroughput',
]);

const OF_GLOBAL_TABLE = new Set([
  ...OF_TABLE,
  'GlobalSecondaryIndexes',
  'Replicas',
  'SSESpecification',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
]);

const OF_REPLICA = new Set([
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'ResourcePolicy',
  'TableClass',
  'Tags',
]);

const OF_GLOBAL_REPLICA = new Set([
  ...OF_REPLICA,
  'GlobalSecondaryIndexes',
  'ReadOnDemandThroughputSettings',
  'ReadProvisionedThroughputSettings',
  'Region',
  'SSESpecification',
]);

function only(members: Members, names: ReadonlySet<string>): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.has(name)));
}

function refuseOthers(members: Members, names: ReadonlySet<string>, where = ''): void {
  const unknown = Object.keys(members).find((name) => !names.has(name));
  if (unknown !== undefined) throw refuse(where + unknown, 'tables have nothing like it here');
}

/** Fixed units, or what auto scaling begins with: nothing scales here, and nothing is throttled either. */
function unitsOf(fixed: unknown, scaling: unknown): number | undefined {
  const { SeedCapacity, MinCapacity } = membersOf(scaling);
  const units = fixed ?? SeedCapacity ?? MinCapacity;
  return units === undefined ? undefined : Number(units);
}

/** The throughput of a table or index, of which a global table says the writes and its replica the reads. */
function throughputOf(global: Members, replica: Members): Members {
  const write = membersOf(global.WriteProvisionedThroughputSettings);
  const read = membersOf(replica.ReadProvisionedThroughputSettings);
  const WriteCapacityUnits = unitsOf(write.WriteCapacityUnits, write.WriteCapacityAutoScalingSettings);
  const ReadCapacityUnits = unitsOf(read.ReadCapacityUnits, read.ReadCapacityAutoScalingSettings);
  const onDemand = {
    ...membersOf(global.WriteOnDemandThroughputSettings),
    ...membersOf(replica.ReadOnDemandThroughputSettings),
  };
  return {
    ...(WriteCapacityUnits !== undefined &&
      ReadCapacityUnits !== undefined && { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } }),
    ...(Object.keys(onDemand).length > 0 && { OnDemandThroughput: onDemand }),
  };
}

/** The one replica there can be here: in the region of the stack. */
function replicaOf(properties: Properties, { region }: ResourceContext): Members {
  const replicas = listOf(properties.Replicas);
  const elsewhere = replicas.find((replica) => replica.Region !== region);
  if (elsewhere) throw refuse(`Replicas in ${elsewhere.Region}`, `a table has one replica here, in ${region}`);
  const [replica] = replicas;
  if (!replica || replicas.length > 1) throw refuse('Replicas', `there must be exactly one, in ${region}`);
  return replica;
}

/** A global table of one replica is a table: its properties, as AWS::DynamoDB::Table spells them. */
function asTable(properties: Properties, context: ResourceContext): Properties {
  const replica = replicaOf(properties, context);
  refuseOthers(properties, OF_GLOBAL_TABLE);
  refuseOthers(replica, OF_GLOBAL_REPLICA, 'Replicas.');
  const replicaIndexes = new Map(listOf(replica.GlobalSecondaryIndexes).map((index) => [index.IndexName, index]));
  const indexes = listOf(properties.GlobalSecondaryIndexes).map((index) => {
    const { WriteProvisionedThroughputSettings: _, WriteOnDemandThroughputSettings: __, ...own } = index;
    const ofReplica = replicaIndexes.get(index.IndexName) ?? {};
    const { ContributorInsightsSpecification } = ofReplica;
    return {
      ...own,
      ...throughputOf(index, ofReplica),
      ...defined({ ContributorInsightsSpecification }),
    };
  });
  return {
    ...only(properties, OF_TABLE),
    // AWS makes it with them in the order of their names.
    AttributeDefinitions: listOf(properties.AttributeDefinitions).toSorted((a, b) =>
      String(a.AttributeName) < String(b.AttributeName) ? -1 : 1,
    ),
    ...only(replica, OF_REPLICA),
    ...throughputOf(properties, replica),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...(properties.SSESpecification !== undefined && {
      SSESpecification: { ...membersOf(properties.SSESpecification), ...membersOf(replica.SSESpecification) },
    }),
  };
}

async function withTableId(id: string, state: ResourceState, { call }: ResourceContext): Promise<ResourceState> {
  const { Table } = await call('dynamodb', 'DescribeTable', { TableName: id });
  return { ...state, attributes: { ...state.attributes, TableId: Table.TableId } };
}

/** AWS::DynamoDB::GlobalTable (CDK's TableV2) with one replica, in the region of its stack. */
export const globalTable: ResourceType = {
  type: TYPE,
  refuses: [
    {
      path: 'GlobalSecondaryIndexes[].KeySchema',
      when: hasCompositeKey,
      values: 'keys of several attributes',
      why: 'keys of several attributes are not supported here; join them in one attribute',
    },
  ],
  nameProperty: 'TableName',
  maxNameLength: 255,
  create: async (id, properties, context) =>
    withTableId(id, await table.create(id, asTable(properties, context), context), context),
  update: async (id, properties, previous, context) => {
    const before = asTable(previous, context);
    return withTableId(id, await table.update(id, asTable(properties, context), before, context), context);
  },
  delete: (id, properties, context) => table.delete(id, properties, context),
};
