import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { dynamoDbCloud, PAIRS, USERS } from './fixtures/dynamodb-cloud.js';

const BY_EMAIL = {
  IndexName: 'byEmail',
  KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
};

const EMAIL = { AttributeName: 'email', AttributeType: 'S' as const };

it('is creating a table when it answers, and has it at once', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  const created = await client.send(new CreateTableCommand({ ...USERS, Tags: [{ Key: 'team', Value: 'a' }] }));
  expect(created.TableDescription).toMatchObject({
    TableStatus: 'CREATING',
    TableArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/users',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: false,
  });
  await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: 'users' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'users' }));
  expect(Table?.TableStatus).toBe('ACTIVE');
  expect(Table?.CreationDateTime?.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

it('refuses a second table of one name', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  await expect(service.client.send(new CreateTableCommand(USERS))).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Table already exists: users',
  });
});

it('refuses a definition of an attribute that no key uses', async () => {
  await using service = await dynamoDbCloud();
  const create = service.client.send(
    new CreateTableCommand({ ...USERS, AttributeDefinitions: [...USERS.AttributeDefinitions, EMAIL] }),
  );
  await expect(create).rejects.toThrow('Number of attributes in KeySchema does not exactly match');
});

it('has nothing of a deleted table in a new one of its name', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: 'john' } } }));
  const deleted = await client.send(new DeleteTableCommand({ TableName: 'users' }));
  expect(deleted.TableDescription?.TableStatus).toBe('DELETING');
  await waitUntilTableNotExists({ client, maxWaitTime: 30 }, { TableName: 'users' });
  await client.send(new CreateTableCommand(USERS));
  expect((await client.send(new ScanCommand({ TableName: 'users' }))).Items).toEqual([]);
});

it('does not delete a protected table', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand({ ...USERS, DeletionProtectionEnabled: true }));
  await expect(client.send(new DeleteTableCommand({ TableName: 'users' }))).rejects.toThrow(
    'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  );
  await client.send(new UpdateTableCommand({ TableName: 'users', DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName: 'users' }));
});

it('lists tables in pages', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  for (const TableName of ['cats', 'dogs', 'ants']) await client.send(new CreateTableCommand({ ...USERS, TableName }));
  const first = await client.send(new ListTablesCommand({ Limit: 2 }));
  expect(first).toMatchObject({ TableNames: ['ants', 'cats'], LastEvaluatedTableName: 'cats' });
  const second = await client.send(new ListTablesCommand({ ExclusiveStartTableName: 'cats' }));
  expect(second.TableNames).toEqual(['dogs']);
  expect(second.LastEvaluatedTableName).toBeUndefined();
});

it('counts what a table and its indexes hold', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(
    new CreateTableCommand({
      ...USERS,
      AttributeDefinitions: [...USERS.AttributeDefinitions, EMAIL],
      GlobalSecondaryIndexes: [BY_EMAIL],
    }),
  );
  const put = (Item: PutItemCommand['input']['Item']) => client.send(new PutItemCommand({ TableName: 'users', Item }));
  const describe = async () => (await client.send(new DescribeTableCommand({ TableName: 'users' }))).Table;
  await put({ username: { S: 'john' }, email: { S: 'j@x' } });
  expect(await describe()).toMatchObject({ ItemCount: 1, TableSizeBytes: 8 + 4 + 5 + 3 });
  await put({ username: { S: 'jane' } });
  expect(await describe()).toMatchObject({ ItemCount: 2, GlobalSecondaryIndexes: [{ ItemCount: 1 }] });
});

it('finds items that were there before their index, and loses the index when it is removed', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: 'john' }, email: { S: 'j@x' } } }));
  const updated = await client.send(
    new UpdateTableCommand({
      TableName: 'users',
      AttributeDefinitions: [EMAIL],
      GlobalSecondaryIndexUpdates: [{ Create: BY_EMAIL }],
    }),
  );
  expect(updated.TableDescription).toMatchObject({
    TableStatus: 'UPDATING',
    GlobalSecondaryIndexes: [{ IndexName: 'byEmail', IndexStatus: 'CREATING' }],
  });
  const query = () =>
    client.send(
      new QueryCommand({
        TableName: 'users',
        IndexName: 'byEmail',
        KeyConditionExpression: 'email = :e',
        ExpressionAttributeValues: { ':e': { S: 'j@x' } },
      }),
    );
  expect((await query()).Items).toEqual([{ username: { S: 'john' }, email: { S: 'j@x' } }]);
  await client.send(
    new UpdateTableCommand({
      TableName: 'users',
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byEmail' } }],
    }),
  );
  await expect(query()).rejects.toThrow('The table does not have the specified index: byEmail');
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'users' }));
  expect(Table?.AttributeDefinitions).toEqual(USERS.AttributeDefinitions);
});

it('keeps the items of one index key apart, however many there are', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(
    new CreateTableCommand({
      ...USERS,
      AttributeDefinitions: [...USERS.AttributeDefinitions, EMAIL],
      GlobalSecondaryIndexes: [{ ...BY_EMAIL, Projection: { ProjectionType: 'KEYS_ONLY' } }],
    }),
  );
  const names = Array.from({ length: 100 }, (_, n) => `user${n}`);
  for (let from = 0; from < names.length; from += 25) {
    const requests = names.slice(from, from + 25).map((name) => ({
      PutRequest: { Item: { username: { S: name }, email: { S: 'same' }, more: { S: 'not in the index' } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { users: requests } }));
  }
  const found: (string | undefined)[] = [];
  let ExclusiveStartKey: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: 'users',
        IndexName: 'byEmail',
        KeyConditionExpression: 'email = :e',
        ExpressionAttributeValues: { ':e': { S: 'same' } },
        Limit: 30,
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) {
      expect(Object.keys(item).sort()).toEqual(['email', 'username']);
      found.push(item.username?.S);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  expect(found.sort()).toEqual([...names].sort());
});

it('changes one index at a time', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const update = service.client.send(
    new UpdateTableCommand({
      TableName: 'users',
      AttributeDefinitions: [EMAIL],
      GlobalSecondaryIndexUpdates: [{ Create: BY_EMAIL }, { Create: { ...BY_EMAIL, IndexName: 'again' } }],
    }),
  );
  await expect(update).rejects.toMatchObject({ name: 'LimitExceededException' });
});

it('changes what a table is billed by', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(
    new CreateTableCommand({
      ...USERS,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    }),
  );
  await client.send(new UpdateTableCommand({ TableName: 'users', BillingMode: 'PAY_PER_REQUEST' }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'users' }));
  expect(Table).toMatchObject({
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
  });
});

it('keeps tags', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand({ ...USERS, Tags: [{ Key: 'a', Value: '1' }] }));
  const ResourceArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/users';
  await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
});

it('keeps the setting of continuous backups', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'users',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: 'users' }),
  );
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
});

it('writes and gets items of several tables at once', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new CreateTableCommand(PAIRS));
  const pair = { pk: { S: 'a' }, sk: { S: 'b' } };
  const john = { username: { S: 'john' } };
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: { users: [{ PutRequest: { Item: john } }], pairs: [{ PutRequest: { Item: pair } }] },
    }),
  );
  const got = await client.send(
    new BatchGetItemCommand({
      RequestItems: { users: { Keys: [john, { username: { S: 'jane' } }] }, pairs: { Keys: [pair] } },
    }),
  );
  expect(got.Responses).toEqual({ users: [john], pairs: [pair] });
  expect(got.UnprocessedKeys).toEqual({});
});

it('names what it does not support', async () => {
  await using service = await dynamoDbCloud();
  const backups = service.client.send(new ListBackupsCommand({}));
  await expect(backups).rejects.toThrow('The local cloud does not support dynamodb:ListBackups');
});

it('tells what a write costs, indexes included', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(
    new CreateTableCommand({
      ...USERS,
      AttributeDefinitions: [...USERS.AttributeDefinitions, EMAIL],
      GlobalSecondaryIndexes: [BY_EMAIL],
    }),
  );
  const put = async (email: string, bytes: number) => {
    const Item = { username: { S: 'john' }, email: { S: email }, more: { S: 'x'.repeat(bytes) } };
    const ReturnConsumedCapacity = 'INDEXES';
    const answer = await client.send(new PutItemCommand({ TableName: 'users', Item, ReturnConsumedCapacity }));
    const { Table, GlobalSecondaryIndexes, CapacityUnits } = answer.ConsumedCapacity ?? {};
    return [CapacityUnits, Table?.CapacityUnits, GlobalSecondaryIndexes?.byEmail?.CapacityUnits];
  };
  expect(await put('a', 100)).toEqual([2, 1, 1]);
  expect(await put('a', 2000)).toEqual([4, 2, 2]);
  expect(await put('b', 2000)).toEqual([6, 2, 4]);
  expect(await put('b', 2000)).toEqual([2, 2, undefined]);
});

it('leaves items out of a new index whose attributes have other types, and lets them be changed', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const Key = { username: { S: 'john' } };
  await client.send(new PutItemCommand({ TableName: 'users', Item: { ...Key, email: { N: '1' } } }));
  await client.send(
    new UpdateTableCommand({
      TableName: 'users',
      AttributeDefinitions: [EMAIL],
      GlobalSecondaryIndexUpdates: [{ Create: BY_EMAIL }],
    }),
  );
  const update = (UpdateExpression: string, value: AttributeValue) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'users',
        Key,
        UpdateExpression,
        ExpressionAttributeValues: { ':v': value },
      }),
    );
  const indexed = async () => (await client.send(new ScanCommand({ TableName: 'users', IndexName: 'byEmail' }))).Count;
  await update('SET nick = :v', { S: 'x' });
  expect(await indexed()).toBe(0);
  await expect(update('SET email = :v', { N: '2' })).rejects.toThrow('Type mismatch for Index Key email');
  await update('SET email = :v', { S: 'j@x' });
  expect(await indexed()).toBe(1);
  await client.send(new DeleteItemCommand({ TableName: 'users', Key }));
  expect(await indexed()).toBe(0);
});

it('takes the ARN of a table for its name, in its own account and region alone', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  const { TableDescription } = await client.send(new CreateTableCommand(USERS));
  const TableName = TableDescription?.TableArn ?? '';
  await client.send(new PutItemCommand({ TableName, Item: { username: { S: 'john' } } }));
  expect((await client.send(new ScanCommand({ TableName: 'users' }))).Count).toBe(1);
  const elsewhere = TableName.replace('eu-west-1', 'us-east-1');
  await expect(client.send(new ScanCommand({ TableName: elsewhere }))).rejects.toThrow(
    'The local cloud does not reach tables of another account or region',
  );
});

it('refuses an index with several attributes in a key as what it is', async () => {
  await using cloud = await dynamoDbCloud();
  const composite = {
    ...BY_EMAIL,
    KeySchema: [...BY_EMAIL.KeySchema, { AttributeName: 'city', KeyType: 'HASH' as const }],
  };
  const table = new CreateTableCommand({
    ...USERS,
    AttributeDefinitions: ['username', 'email', 'city'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [composite],
  });
  await expect(cloud.client.send(table)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('keys of several attributes are not supported by the local cloud'),
  });
});

// As AWS was recorded to answer in October 2025.
it('tells for what a table and its indexes are ready at once, and of a deleted table no keys', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  const created = await client.send(new CreateTableCommand(USERS));
  expect(created.TableDescription?.WarmThroughput).toBeUndefined();
  expect(created.TableDescription?.BillingModeSummary).toEqual({ BillingMode: 'PAY_PER_REQUEST' });
  const described = (await client.send(new DescribeTableCommand({ TableName: 'users' }))).Table;
  expect(described?.WarmThroughput).toEqual({
    ReadUnitsPerSecond: 12_000,
    WriteUnitsPerSecond: 4_000,
    Status: 'ACTIVE',
  });
  const WarmThroughput = { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000 };
  const warm = await client.send(new CreateTableCommand({ ...USERS, TableName: 'warm', WarmThroughput }));
  expect(warm.TableDescription?.WarmThroughput).toEqual({ ...WarmThroughput, Status: 'UPDATING' });
  const { TableDescription } = await client.send(new DeleteTableCommand({ TableName: 'users' }));
  expect(Object.keys(TableDescription ?? {})).not.toContain('KeySchema');
});

// As AWS was recorded to answer in October 2025.
it('tells of an encryption that an update ends', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand({ ...USERS, SSESpecification: { Enabled: true } }));
  const update = new UpdateTableCommand({ TableName: 'users', SSESpecification: { Enabled: false } });
  const { TableDescription } = await client.send(update);
  expect(TableDescription?.SSEDescription).toMatchObject({ SSEType: 'KMS', Status: 'UPDATING' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'users' }));
  expect(Table?.SSEDescription).toBeUndefined();
});

it('counts no keys that are asked for most', async () => {
  await using service = await dynamoDbCloud();
  await service.client.send(new CreateTableCommand(USERS));
  const describe = (TableName: string) => service.client.send(new DescribeContributorInsightsCommand({ TableName }));
  expect(await describe('users')).toMatchObject({ TableName: 'users', ContributorInsightsStatus: 'DISABLED' });
  await expect(describe('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
