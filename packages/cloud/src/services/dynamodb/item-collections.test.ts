import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoDbCloud, PAIRS, USERS } from './fixtures/dynamodb-cloud.js';

const INDEXED = {
  ...PAIRS,
  AttributeDefinitions: [...PAIRS.AttributeDefinitions, { AttributeName: 'n', AttributeType: 'N' as const }],
  LocalSecondaryIndexes: [
    {
      IndexName: 'byNumber',
      KeySchema: [PAIRS.KeySchema[0], { AttributeName: 'n', KeyType: 'RANGE' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};
const Key = { pk: { S: 'a' }, sk: { S: '1' } };
const METRICS = { ItemCollectionKey: { pk: { S: 'a' } }, SizeEstimateRangeGB: [0, 1] };

test('writes tell of the collection of an item where its table has local indexes', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(INDEXED));
  const wanted = { TableName: 'pairs', ReturnItemCollectionMetrics: 'SIZE' as const };
  const put = await client.send(new PutItemCommand({ ...wanted, Item: Key }));
  const update = await client.send(new UpdateItemCommand({ ...wanted, Key, UpdateExpression: 'REMOVE x' }));
  const deleted = await client.send(new DeleteItemCommand({ ...wanted, Key }));
  for (const { ItemCollectionMetrics } of [put, update, deleted]) expect(ItemCollectionMetrics).toEqual(METRICS);
  const none = await client.send(new PutItemCommand({ TableName: 'pairs', Item: Key }));
  expect(none.ItemCollectionMetrics).toBeUndefined();
  const RequestItems = { pairs: [{ PutRequest: { Item: Key } }] };
  const batch = await client.send(new BatchWriteItemCommand({ RequestItems, ReturnItemCollectionMetrics: 'SIZE' }));
  const TransactItems = [{ Put: { TableName: 'pairs', Item: Key } }];
  const transaction = await client.send(
    new TransactWriteItemsCommand({ TransactItems, ReturnItemCollectionMetrics: 'SIZE' }),
  );
  for (const { ItemCollectionMetrics } of [batch, transaction])
    expect(ItemCollectionMetrics).toEqual({ pairs: [METRICS] });
});

test('a table without local indexes has no collections', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const Item = { username: { S: 'ada' } };
  const put = new PutItemCommand({ TableName: 'users', Item, ReturnItemCollectionMetrics: 'SIZE' });
  expect((await service.client.send(put)).ItemCollectionMetrics).toBeUndefined();
});
