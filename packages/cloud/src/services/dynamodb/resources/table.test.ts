import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import type { Properties } from '../../../core/resource-type.js';
import { dynamoDbCloud, USERS } from '../fixtures/dynamodb-cloud.js';
import { contextOf } from '../fixtures/resource-context.js';
import { table } from './table.js';

const { TableName: _, ...properties } = USERS;

const byEmail = {
  IndexName: 'byEmail',
  KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};
const withEmail = [...USERS.AttributeDefinitions, { AttributeName: 'email', AttributeType: 'S' }];

const described = async (client: DynamoDBClient) =>
  (await client.send(new DescribeTableCommand({ TableName: 'users' }))).Table;

it('creates a table with all that its properties say', async () => {
  await using service = await dynamoDbCloud();
  const context = contextOf(service.cloud);
  const { attributes } = await table.create(
    'users',
    {
      ...properties,
      AttributeDefinitions: withEmail,
      GlobalSecondaryIndexes: [byEmail],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      DeletionProtectionEnabled: 'true',
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      SSESpecification: { SSEEnabled: true },
      Tags: [{ Key: 'team', Value: 'a' }],
    },
    context,
  );
  const Table = await described(service.client);
  expect(Table).toMatchObject({
    GlobalSecondaryIndexes: [{ IndexName: 'byEmail' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    DeletionProtectionEnabled: true,
    TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    SSEDescription: { Status: 'ENABLED' },
  });
  expect(attributes).toEqual({ Arn: Table?.TableArn, StreamArn: Table?.LatestStreamArn });
  const { TimeToLiveDescription } = await service.client.send(new DescribeTimeToLiveCommand({ TableName: 'users' }));
  expect(TimeToLiveDescription?.AttributeName).toBe('expires');
  const { Tags } = await service.client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
  expect(Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]))).toEqual({ owner: 'me', team: 'a' });
});

it('goes on with a creation that was cut off', async () => {
  await using service = await dynamoDbCloud();
  const context = contextOf(service.cloud);
  const wanted: Properties = { ...properties, TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } };
  const first = await table.create('users', wanted, context);
  expect(await table.create('users', wanted, context)).toEqual(first);
});

it('takes no table that was there before, and does not delete it either', async () => {
  await using service = await dynamoDbCloud();
  await table.create('users', properties, contextOf(service.cloud, 'Others'));
  const context = contextOf(service.cloud);
  await expect(table.create('users', properties, context)).rejects.toThrow(
    "Resource of type 'AWS::DynamoDB::Table' with identifier 'users' already exists.",
  );
  await table.delete('users', properties, context);
  expect(await described(service.client)).toBeDefined();
});

it('updates in place, and back again', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  const context = contextOf(service.cloud);
  const after: Properties = {
    ...properties,
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 5 },
    AttributeDefinitions: withEmail,
    GlobalSecondaryIndexes: [{ ...byEmail, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }],
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    DeletionProtectionEnabled: true,
    Tags: [{ Key: 'team', Value: 'a' }],
  };
  await table.create('users', properties, context);
  const before = await described(client);
  await client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: 'john' }, email: { S: 'j' } } }));
  await table.update('users', after, properties, context);
  expect(await described(client)).toMatchObject({
    BillingModeSummary: { BillingMode: 'PROVISIONED' },
    ProvisionedThroughput: { ReadCapacityUnits: 5 },
    GlobalSecondaryIndexes: [{ IndexName: 'byEmail', ItemCount: 1 }],
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    DeletionProtectionEnabled: true,
  });
  await table.update('users', after, properties, context);
  await table.update('users', properties, after, context);
  const back = await described(client);
  expect(back).toMatchObject({
    TableId: before?.TableId,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    AttributeDefinitions: before?.AttributeDefinitions,
    DeletionProtectionEnabled: false,
  });
  expect(back?.GlobalSecondaryIndexes).toBeUndefined();
  expect(back?.StreamSpecification).toBeUndefined();
  expect((await client.send(new ScanCommand({ TableName: 'users' }))).Count).toBe(1);
  const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: back?.TableArn }));
  expect(Tags.map(({ Key }) => Key)).not.toContain('team');
});

it('refuses two new indexes in one update', async () => {
  await using service = await dynamoDbCloud();
  const context = contextOf(service.cloud);
  await table.create('users', properties, context);
  const after = {
    ...properties,
    AttributeDefinitions: withEmail,
    GlobalSecondaryIndexes: [byEmail, { ...byEmail, IndexName: 'another' }],
  };
  await expect(table.update('users', after, properties, context)).rejects.toThrow(
    'Cannot perform more than one GSI creation or deletion in a single update',
  );
});

it('refuses a property it does not have by name', async () => {
  await using service = await dynamoDbCloud();
  const wanted = { ...properties, KinesisStreamSpecification: { StreamArn: 'arn' } };
  await expect(table.create('users', wanted, contextOf(service.cloud))).rejects.toThrow(
    'The local cloud does not support KinesisStreamSpecification of AWS::DynamoDB::Table',
  );
});

it('deletes a table once, and minds no second time', async () => {
  await using service = await dynamoDbCloud();
  const context = contextOf(service.cloud);
  await table.create('users', properties, context);
  await table.delete('users', properties, context);
  await table.delete('users', properties, context);
  await expect(described(service.client)).rejects.toThrow('Requested resource not found: Table: users not found');
});
