import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, PAIRS, USERS } from './fixtures/dynamodb-cloud.js';

it('serves the document client', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const client = DynamoDBDocumentClient.from(service.client);
  const Item = { username: 'john', age: 42, tags: new Set(['a']), address: { city: 'Köln', parts: [1, null, true] } };
  await client.send(new PutCommand({ TableName: 'users', Item }));
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: 'users',
      Key: { username: 'john' },
      UpdateExpression: 'SET #a.parts[1] = :x',
      ExpressionAttributeNames: { '#a': 'address' },
      ExpressionAttributeValues: { ':x': 'new' },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  expect(Attributes).toEqual({ address: { parts: ['new'] } });
  const got = await client.send(new GetCommand({ TableName: 'users', Key: { username: 'john' } }));
  expect(got.Item).toEqual({ ...Item, address: { city: 'Köln', parts: [1, 'new', true] } });
  const taken = client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: 'users',
            Item,
            ConditionExpression: 'attribute_not_exists(username)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    }),
  );
  await expect(taken).rejects.toMatchObject({ name: 'TransactionCanceledException' });
});

it('serves the paginators', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(PAIRS));
  const client = DynamoDBDocumentClient.from(service.client);
  for (let n = 0; n < 5; n++) {
    await client.send(new PutCommand({ TableName: 'pairs', Item: { pk: 'a', sk: `${n}` } }));
  }
  const query = {
    TableName: 'pairs',
    KeyConditionExpression: 'pk = :a',
    ExpressionAttributeValues: { ':a': 'a' },
  };
  const found: unknown[] = [];
  for await (const { Items = [] } of paginateQuery({ client, pageSize: 2 }, query)) {
    found.push(...Items.map(({ sk }) => sk));
  }
  expect(found).toEqual(['0', '1', '2', '3', '4']);
});
