import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, USERS } from '../fixtures/dynamodb-cloud.js';
import { contextOf } from '../fixtures/resource-context.js';
import { globalTable } from './global-table.js';

const { TableName: _, ...properties } = USERS;

it('makes a table of a global table with one replica', async () => {
  await using service = await dynamoDbCloud();
  const { attributes } = await globalTable.create(
    'users',
    {
      ...properties,
      BillingMode: 'PROVISIONED',
      WriteProvisionedThroughputSettings: {
        WriteCapacityAutoScalingSettings: { MinCapacity: 2, MaxCapacity: 9, SeedCapacity: 4 },
      },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      SSESpecification: { SSEEnabled: true },
      Replicas: [
        {
          Region: 'eu-west-1',
          ReadProvisionedThroughputSettings: { ReadCapacityUnits: 3 },
          DeletionProtectionEnabled: true,
          Tags: [{ Key: 'team', Value: 'a' }],
        },
      ],
    },
    contextOf(service.cloud),
  );
  const { Table } = await service.client.send(new DescribeTableCommand({ TableName: 'users' }));
  expect(Table).toMatchObject({
    ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
    DeletionProtectionEnabled: true,
    SSEDescription: { Status: 'ENABLED' },
  });
  expect(attributes).toEqual({ Arn: Table?.TableArn, StreamArn: Table?.LatestStreamArn, TableId: Table?.TableId });
});

it('refuses a replica in another region by its name', async () => {
  await using service = await dynamoDbCloud();
  const wanted = { ...properties, Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }] };
  await expect(globalTable.create('users', wanted, contextOf(service.cloud))).rejects.toThrow(
    'The local cloud does not support Replicas in us-east-1 of AWS::DynamoDB::GlobalTable',
  );
});
