import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { hasCompositeKey } from '../engine/tables/composite-keys.js';
import { type DescribedTable, settle, updateInputs } from './table-changes.js';
import { ownTags, parseTableProperties, type TableProperties } from './table-properties.js';

const TYPE = 'AWS::DynamoDB::Table';

async function describe(id: string, { call }: ResourceContext): Promise<DescribedTable> {
  const { Table } = await call('dynamodb', 'DescribeTable', { TableName: id });
  return Table;
}

function stateOf({ TableArn, LatestStreamArn, StreamSpecification }: DescribedTable): ResourceState {
  return {
    attributes: {
      Arn: TableArn,
      ...(StreamSpecification && { StreamArn: LatestStreamArn }),
    },
  };
}

/** True if the stack itself created the table, according to CloudFormation's tags. */
async function isOwn(arn: string, context: ResourceContext): Promise<boolean> {
  const { Tags } = await context.call('dynamodb', 'ListTagsOfResource', { ResourceArn: arn });
  const tags = new Map<string, string>(Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
  return Object.entries(ownTags(context)).every(([key, value]) => tags.get(key) === value);
}

async function createOrResume(id: string, wanted: TableProperties, context: ResourceContext): Promise<void> {
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamViewType, Tags, ...properties } = wanted;
  const { timeToLiveAttribute, pointInTimeRecovery, ...input } = properties;
  try {
    await context.call('dynamodb', 'CreateTable', {
      TableName: id,
      ...input,
      ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
      ...(LocalSecondaryIndexes.length > 0 && { LocalSecondaryIndexes }),
      ...(StreamViewType && { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
      Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
    });
  } catch (error) {
    if (!failedWith(error, 'ResourceInUseException')) throw error;
    const { TableArn } = await describe(id, context);
    if (await isOwn(TableArn, context)) return;
    throw new AwsError('AlreadyExists', `Resource of type '${TYPE}' with identifier '${id}' already exists.`);
  }
}

async function setPolicy(arn: string, wanted: TableProperties, previous: TableProperties, { call }: ResourceContext) {
  if (wanted.ResourcePolicy === previous.ResourcePolicy) return;
  if (wanted.ResourcePolicy === undefined) await call('dynamodb', 'DeleteResourcePolicy', { ResourceArn: arn });
  else await call('dynamodb', 'PutResourcePolicy', { ResourceArn: arn, Policy: wanted.ResourcePolicy });
}

/** AWS::DynamoDB::Table. `Ref` is the table's name. */
export const table: ResourceType = {
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
  create: async (id, properties, context) => {
    const wanted = parseTableProperties(properties, context);
    await createOrResume(id, wanted, context);
    const described = await describe(id, context);
    await settle(id, described.TableArn, wanted, wanted.Tags, context);
    return stateOf(described);
  },
  update: async (id, properties, previous, context) => {
    const wanted = parseTableProperties(properties, context);
    const before = parseTableProperties(previous, context);
    const described = await describe(id, context);
    for (const input of updateInputs(wanted, described, before)) {
      await context.call('dynamodb', 'UpdateTable', { TableName: id, ...input });
    }
    await settle(id, described.TableArn, wanted, await tagsOfTable(described.TableArn, context), context);
    await setPolicy(described.TableArn, wanted, before, context);
    return stateOf(await describe(id, context));
  },
  delete: async (id, _properties: Properties, context) => {
    try {
      // A table that made the creation fail is not the stack's to delete.
      if (await isOwn((await describe(id, context)).TableArn, context)) {
        await context.call('dynamodb', 'DeleteTable', { TableName: id });
      }
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    }
  },
};

async function tagsOfTable(arn: string, { call }: ResourceContext): Promise<Record<string, string>> {
  const { Tags } = await call('dynamodb', 'ListTagsOfResource', { ResourceArn: arn });
  return Object.fromEntries(Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}
