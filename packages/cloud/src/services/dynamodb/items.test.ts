import {
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, PAIRS, USERS } from './fixtures/dynamodb-cloud.js';

it('keeps an item of every type as it was put', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const Item = {
    username: { S: 'john' },
    age: { N: '42.5' },
    photo: { B: new Uint8Array([0, 255, 1]) },
    tags: { SS: ['a', 'ß'] },
    scores: { NS: ['1', '2'] },
    keys: { BS: [new Uint8Array([1])] },
    address: { M: { city: { S: 'Köln' }, empty: { S: '' } } },
    list: { L: [{ BOOL: false }, { NULL: true as const }, { L: [] }] },
    constructor: { S: 'a name like any other' },
  };
  await client.send(new PutItemCommand({ TableName: 'users', Item }));
  const got = await client.send(new GetItemCommand({ TableName: 'users', Key: { username: { S: 'john' } } }));
  expect(got.Item).toEqual(Item);
});

it('answers nothing for a key that has no item', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const got = await service.client.send(new GetItemCommand({ TableName: 'users', Key: { username: { S: 'john' } } }));
  expect(got.Item).toBeUndefined();
});

it('puts nothing where the condition does not hold, and gives the item that is there when asked', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: 'john' }, n: { N: '1' } } }));
  const put = client.send(
    new PutItemCommand({
      TableName: 'users',
      Item: { username: { S: 'john' }, n: { N: '2' } },
      ConditionExpression: 'attribute_not_exists(username)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  await expect(put).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item: { username: { S: 'john' }, n: { N: '1' } },
  });
});

it('counts exactly where many clients update one item at once', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const Key = { username: { S: 'john' } };
  const update = () =>
    client.send(
      new UpdateItemCommand({
        TableName: 'users',
        Key,
        UpdateExpression: 'ADD visits :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
  await Promise.all(Array.from({ length: 50 }, update));
  const { Item } = await client.send(new GetItemCommand({ TableName: 'users', Key }));
  expect(Item?.visits).toEqual({ N: '50' });
});

it('gives the values that an update changed, before or after it', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const Key = { username: { S: 'john' } };
  await client.send(new PutItemCommand({ TableName: 'users', Item: { ...Key, a: { N: '1' }, b: { N: '2' } } }));
  const update = (ReturnValues: 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW') =>
    client.send(
      new UpdateItemCommand({
        TableName: 'users',
        Key,
        UpdateExpression: 'SET a = a + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues,
      }),
    );
  expect((await update('ALL_OLD')).Attributes).toEqual({ ...Key, a: { N: '1' }, b: { N: '2' } });
  expect((await update('ALL_NEW')).Attributes).toEqual({ ...Key, a: { N: '3' }, b: { N: '2' } });
  expect((await update('UPDATED_OLD')).Attributes).toEqual({ a: { N: '3' } });
  expect((await update('UPDATED_NEW')).Attributes).toEqual({ a: { N: '5' } });
});

it('gives back what it deletes when asked', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const Key = { username: { S: 'john' } };
  await client.send(new PutItemCommand({ TableName: 'users', Item: { ...Key, n: { N: '1' } } }));
  const remove = () => client.send(new DeleteItemCommand({ TableName: 'users', Key, ReturnValues: 'ALL_OLD' }));
  expect((await remove()).Attributes).toEqual({ ...Key, n: { N: '1' } });
  expect((await remove()).Attributes).toBeUndefined();
});

it('says in the words of AWS that a table is not there', async () => {
  await using service = await dynamoDbCloud();
  const get = service.client.send(new GetItemCommand({ TableName: 'users', Key: { username: { S: 'john' } } }));
  await expect(get).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
});

it('keeps the tables of accounts and regions apart', async () => {
  await using service = await dynamoDbCloud();
  const dublin = service.clientOf({ account: '111111111111', region: 'eu-west-1' });
  const virginia = service.clientOf({ account: '111111111111', region: 'us-east-1' });
  const { TableDescription } = await dublin.send(new CreateTableCommand(USERS));
  expect(TableDescription?.TableArn).toBe('arn:aws:dynamodb:eu-west-1:111111111111:table/users');
  await expect(virginia.send(new ScanCommand({ TableName: 'users' }))).rejects.toThrow('Requested resource not found');
});

it('pages through a partition in the order of the sort key, either way', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(PAIRS));
  const keys = Array.from({ length: 7 }, (_, n) => `k${n}`);
  await Promise.all(
    keys.map((sk) => client.send(new PutItemCommand({ TableName: 'pairs', Item: { pk: { S: 'a' }, sk: { S: sk } } }))),
  );
  await client.send(new PutItemCommand({ TableName: 'pairs', Item: { pk: { S: 'b' }, sk: { S: 'k0' } } }));
  const all = async (ScanIndexForward: boolean) => {
    const found: (string | undefined)[] = [];
    let ExclusiveStartKey: QueryCommand['input']['ExclusiveStartKey'];
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: 'pairs',
          KeyConditionExpression: 'pk = :a',
          ExpressionAttributeValues: { ':a': { S: 'a' } },
          Limit: 3,
          ScanIndexForward,
          ExclusiveStartKey,
        }),
      );
      found.push(...(page.Items ?? []).map(({ sk }) => sk?.S));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };
  expect(await all(true)).toEqual(keys);
  expect(await all(false)).toEqual([...keys].reverse());
});

it('scans in segments that together are the table', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const names = Array.from({ length: 60 }, (_, n) => `user${n}`);
  await Promise.all(
    names.map((name) => client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: name } } }))),
  );
  const segments = await Promise.all(
    [0, 1, 2].map((Segment) => client.send(new ScanCommand({ TableName: 'users', Segment, TotalSegments: 3 }))),
  );
  const found = segments.flatMap(({ Items = [] }) => Items.map(({ username }) => username?.S));
  expect(found.sort()).toEqual([...names].sort());
});
