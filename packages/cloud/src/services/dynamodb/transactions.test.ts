import {
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';

const john = { username: { S: 'john' } };
const email = { username: { S: 'email#j@x' } };

const putNew = (Item: PutItemCommand['input']['Item']) => ({
  Put: {
    TableName: 'users',
    Item,
    ConditionExpression: 'attribute_not_exists(username)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});

const usersOf = async (client: DynamoDBClient) =>
  (await client.send(new ScanCommand({ TableName: 'users' }))).Items?.map(({ username }) => username?.S).sort();

it('does all of a transaction', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new TransactWriteItemsCommand({ TransactItems: [putNew(john), putNew(email)] }));
  expect(await usersOf(client)).toEqual(['email#j@x', 'john']);
});

it('does nothing of a transaction that is cancelled, and says why for each part', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new PutItemCommand({ TableName: 'users', Item: email }));
  const write = client.send(new TransactWriteItemsCommand({ TransactItems: [putNew(john), putNew(email)] }));
  await expect(write).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: email },
    ],
  });
  expect(await usersOf(client)).toEqual(['email#j@x']);
});

it('does a transaction once that is sent again with its token', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const count = (by: string) =>
    client.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: 'once',
        TransactItems: [
          {
            Update: {
              TableName: 'users',
              Key: john,
              UpdateExpression: 'ADD visits :by',
              ExpressionAttributeValues: { ':by': { N: by } },
            },
          },
        ],
      }),
    );
  await Promise.all([count('1'), count('1'), count('1')]);
  const { Item } = await client.send(new GetItemCommand({ TableName: 'users', Key: john }));
  expect(Item?.visits).toEqual({ N: '1' });
  await expect(count('2')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
});

it('refuses two parts of one item', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const write = service.client.send(new TransactWriteItemsCommand({ TransactItems: [putNew(john), putNew(john)] }));
  await expect(write).rejects.toThrow('Transaction request cannot include multiple operations on one item');
});

it('cancels where a key does not fit its table', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const write = service.client.send(
    new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: 'users', Key: { other: { S: 'x' } } } }] }),
  );
  await expect(write).rejects.toMatchObject({
    CancellationReasons: [{ Code: 'ValidationError', Message: 'The provided key element does not match the schema' }],
  });
});

it('never shows half of a transaction to another', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const both = (n: number) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [john, email].map((key) => ({
          Put: { TableName: 'users', Item: { ...key, n: { N: String(n) } } },
        })),
      }),
    );
  const read = async () => {
    const { Responses = [] } = await client.send(
      new TransactGetItemsCommand({
        TransactItems: [john, email].map((Key) => ({ Get: { TableName: 'users', Key } })),
      }),
    );
    return Responses.map(({ Item }) => Item?.n?.N);
  };
  await both(0);
  const reads = Array.from({ length: 30 }, async (_, n) => {
    await both(n);
    return read();
  });
  for (const [a, b] of await Promise.all(reads)) expect(a).toBe(b);
});
