import { requestTags, type Tags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { tableAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import type { Partition } from '../engine/partition.js';
import { newStream } from '../engine/streams/table-stream.js';
import { refuseCompositeKeys } from '../engine/tables/composite-keys.js';
import { describeTable } from '../engine/tables/describe.js';
import { emptyStatistics } from '../engine/tables/statistics.js';
import type {
  AttributeDefinition,
  KeySchema,
  SecondaryIndex,
  StreamSpecification,
  Table,
  Throughput,
  WarmThroughput,
} from '../engine/tables/table.js';
import { tableArn } from '../engine/tables/table.js';
import { checkDefinitionsUsed, newGlobalIndex, tableOptions, tagsType } from '../engine/tables/table-rules.js';
import { createTableRules as rules } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface CreateTableInput extends TableInput {
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: KeySchema;
  readonly BillingMode?: Table['billingMode'];
  readonly ProvisionedThroughput?: Throughput;
  readonly OnDemandThroughput?: object;
  readonly WarmThroughput?: WarmThroughput;
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly StreamSpecification?: StreamSpecification;
  readonly SSESpecification?: NonNullable<Table['encryption']>;
  readonly TableClass?: string;
  readonly DeletionProtectionEnabled?: boolean;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly ResourcePolicy?: string;
}

const types = {
  ...rules.types,
  ...tableOptions,
  GlobalSecondaryIndexes: {
    type: 'List',
    children: { type: 'ValueStruct<GlobalSecondaryIndex>', children: newGlobalIndex },
  },
  Tags: tagsType,
  ResourcePolicy: 'String',
};

function parse(raw: unknown): CreateTableInput {
  refuseCompositeKeys(Reflect.get(Object(raw), 'GlobalSecondaryIndexes'));
  const input = parseInput<CreateTableInput>(raw, { types, custom: rules.custom });
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = input;
  checkDefinitionsUsed(input.AttributeDefinitions, [
    input.KeySchema,
    ...[...local, ...global].map(({ KeySchema }) => KeySchema),
  ]);
  const unpaid =
    input.BillingMode === 'PAY_PER_REQUEST' ? undefined : global.find((index) => !index.ProvisionedThroughput);
  if (unpaid) {
    throw validationError(
      `One or more parameter values were invalid: ProvisionedThroughput is not specified for index: ${unpaid.IndexName}`,
    );
  }
  return input;
}

const tagsOf = ({ Tags = [] }: CreateTableInput): Tags =>
  Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));

function newTable(input: CreateTableInput, partition: Partition): Table {
  const created = partition.now() / 1000;
  const withId = (index: SecondaryIndex) => ({ ...index, id: partition.newId() });
  return {
    name: input.TableName,
    id: partition.newId(),
    arn: tableArn(partition.account, partition.region, input.TableName),
    created,
    attributes: input.AttributeDefinitions,
    keySchema: input.KeySchema,
    billingMode: input.BillingMode ?? 'PROVISIONED',
    ...(input.BillingMode === 'PAY_PER_REQUEST' && { payPerRequestSince: created }),
    throughput: input.ProvisionedThroughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    ...(input.OnDemandThroughput && { onDemandThroughput: input.OnDemandThroughput }),
    ...(input.WarmThroughput && { warmThroughput: input.WarmThroughput }),
    globalIndexes: (input.GlobalSecondaryIndexes ?? []).map(withId),
    localIndexes: (input.LocalSecondaryIndexes ?? []).map(withId),
    ...(input.StreamSpecification?.StreamEnabled && { stream: newStream(input.StreamSpecification, partition.now()) }),
    ...(input.SSESpecification && { encryption: input.SSESpecification }),
    ...(input.TableClass && { tableClass: { TableClass: input.TableClass } }),
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    tags: tagsOf(input),
    ...(input.ResourcePolicy && { resourcePolicy: input.ResourcePolicy }),
  };
}

export const createTable = dynamoDbOperation({
  name: 'CreateTable',
  parse,
  access: (row) => [
    tableAccess(row, 'CreateTable', requestTags(tagsOf)),
    // Tags that belong to AWS are CloudFormation's own; nobody needs a permission for them.
    tableAccess(row, 'TagResource', requestTags(tagsOf), ({ Tags = [] }) =>
      Tags.some(({ Key }) => !Key.startsWith('aws:')),
    ),
    tableAccess(row, 'PutResourcePolicy', {}, ({ ResourcePolicy }) => Boolean(ResourcePolicy)),
  ],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(input.TableName, async () => {
      if (await partition.findTable(input.TableName)) {
        throw new AwsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
      }
      const table = newTable(input, partition);
      await state.keys.checkNew(table, call);
      await state.remember(partition);
      await partition.putTable(table);
      const text = table.resourcePolicy;
      if (text !== undefined) state.reviewPolicy({ name: `the policy of ${table.arn}`, text, kind: 'resource' });
      return { TableDescription: describeTable(table, emptyStatistics(), 'CREATING') };
    });
  },
});
