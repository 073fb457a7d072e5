import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';

const names = (count: number) => Array.from({ length: count }, (_, index) => ({ username: { S: `u${index}` } }));
const failed = (rest: string): string => `1 validation error detected: Value${rest}`;

// As the public suite dynamodb-conformance records DynamoDB of May 2026.
test.each<[message: string | RegExp, ask: (client: DynamoDBClient) => Promise<unknown>]>([
  [
    'The requestItems parameter is required for BatchGetItem',
    (client) => client.send(new BatchGetItemCommand({ RequestItems: {} })),
  ],
  [
    'The requestItems parameter is required for BatchWriteItem',
    (client) => client.send(new BatchWriteItemCommand({ RequestItems: {} })),
  ],
  [
    failed(
      " at 'RequestItems.users.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    ),
    (client) => client.send(new BatchGetItemCommand({ RequestItems: { users: { Keys: names(101) } } })),
  ],
  [
    /^1 validation error detected: Value '\{users=\[WriteRequest\(.+\)\]\}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/,
    (client) =>
      client.send(
        new BatchWriteItemCommand({ RequestItems: { users: names(26).map((Item) => ({ PutRequest: { Item } })) } }),
      ),
  ],
  [
    failed(" '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1"),
    (client) => client.send(new PutItemCommand({ TableName: '', Item: { username: { S: 'a' } } })),
  ],
  [
    failed(" 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
    (client) => client.send(new CreateTableCommand({ ...USERS, TableName: 'ab' })),
  ],
  [
    failed(
      " '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
    (client) =>
      client.send(
        new CreateTableCommand({
          ...USERS,
          TableName: 'three',
          KeySchema: [
            { AttributeName: 'a', KeyType: 'HASH' },
            { AttributeName: 'b', KeyType: 'RANGE' },
            { AttributeName: 'c', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: ['a', 'b', 'c'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S' as const,
          })),
        }),
      ),
  ],
  [
    failed(" at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
    (client) =>
      client.send(
        new QueryCommand({
          TableName: 'users',
          KeyConditionExpression: 'username = :u',
          ExpressionAttributeValues: { ':u': { S: 'a' } },
          Limit: 0,
        }),
      ),
  ],
  [
    'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    (client) => client.send(new ScanCommand({ TableName: 'users', Segment: 0 })),
  ],
  [
    'The aggregate size of the items in the transaction cannot exceed 4 MB',
    (client) =>
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: names(12).map((key) => ({
            Put: { TableName: 'users', Item: { ...key, text: { S: 'x'.repeat(380_000) } } },
          })),
        }),
      ),
  ],
])('DynamoDB refuses: %s', async (message, ask) => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  await expect(ask(service.client)).rejects.toThrow(message);
});

test('the tags of a table of another account are nobody’s to list', async () => {
  await using service = await dynamoDbCloud();
  const ResourceArn = 'arn:aws:dynamodb:eu-west-1:111111111111:table/users';
  await expect(service.client.send(new ListTagsOfResourceCommand({ ResourceArn }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('tables are named by their ARNs in batches and transactions, and batches answer by them', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/users';
  const Item = { username: { S: 'ada' } };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: arn, Item } }] }));
  const got = await client.send(
    new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: arn, Key: Item } }] }),
  );
  expect(got.Responses).toEqual([{ Item }]);
  await client.send(new BatchWriteItemCommand({ RequestItems: { [arn]: [{ PutRequest: { Item } }] } }));
  const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { [arn]: { Keys: [Item] } } }));
  expect(Responses).toEqual({ [arn]: [Item] });
  const foreign = arn.replace('000000000000', '111111111111');
  await expect(client.send(new BatchGetItemCommand({ RequestItems: { [foreign]: { Keys: [Item] } } }))).rejects.toThrow(
    'another account',
  );
});

test('a transaction that is sent again with its members in another order is the same', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const put = (Item: Record<string, { S: string }>) =>
    service.client.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: 'once',
        TransactItems: [{ Put: { TableName: 'users', Item } }],
      }),
    );
  await put({ username: { S: 'ada' }, name: { S: 'Ada' } });
  await put({ name: { S: 'Ada' }, username: { S: 'ada' } });
  await expect(put({ username: { S: 'bob' } })).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
});
