import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  ExecuteTransactionCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoDbCloud, PAIRS, USERS } from './fixtures/dynamodb-cloud.js';

const INDEXED = {
  ...PAIRS,
  AttributeDefinitions: [...PAIRS.AttributeDefinitions, { AttributeName: 'city', AttributeType: 'S' as const }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byCity',
      KeySchema: [{ AttributeName: 'city', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};

/** Tables `users` and `pairs`, the second with six items: x1, x2, x3 of Rome and y1, y2, y3 of Oslo. */
async function partiqlCloud() {
  const service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  await client.send(new CreateTableCommand(INDEXED));
  for (const [pk, city] of [
    ['x', 'Rome'],
    ['y', 'Oslo'],
  ] as const) {
    for (const n of ['1', '2', '3']) {
      const Item = { pk: { S: pk }, sk: { S: n }, n: { N: n }, city: { S: city } };
      await client.send(new PutItemCommand({ TableName: 'pairs', Item }));
    }
  }
  const run = (Statement: string, input: Partial<ExecuteStatementCommandInput> = {}) =>
    client.send(new ExecuteStatementCommand({ Statement, ...input }));
  const found = async (Statement: string, input: Partial<ExecuteStatementCommandInput> = {}) =>
    ((await run(Statement, input)).Items ?? []).map(({ pk, sk }) => `${pk?.S}${sk?.S}`);
  return { ...service, client, run, found };
}

test.each<[where: string, found: readonly string[]]>([
  [`pk = 'x'`, ['x1', 'x2', 'x3']],
  [`pk = 'x' AND sk > '1' AND n < 3`, ['x2']],
  [`pk = 'x' AND sk BETWEEN '2' AND '9'`, ['x2', 'x3']],
  [`'x' = pk AND begins_with(sk, '3')`, ['x3']],
  [`pk IN ['y', 'x'] AND sk = '1'`, ['y1', 'x1']],
  [`pk = 'x' ORDER BY sk DESC`, ['x3', 'x2', 'x1']],
  [`pk = 'x' AND missing IS MISSING AND NOT sk = '1'`, ['x2', 'x3']],
  [`pk = 'z'`, []],
])('a SELECT by %s finds its items', async (where, items) => {
  await using cloud = await partiqlCloud();
  expect(await cloud.found(`SELECT * FROM pairs WHERE ${where}`)).toEqual(items);
});

test('a SELECT without a key reads everything, and one of an index reads that', async () => {
  await using cloud = await partiqlCloud();
  expect((await cloud.found('SELECT * FROM "pairs" WHERE n >= 2')).sort()).toEqual(['x2', 'x3', 'y2', 'y3']);
  expect((await cloud.found(`SELECT * FROM "pairs"."byCity" WHERE city = 'Rome'`)).sort()).toEqual(['x1', 'x2', 'x3']);
  await expect(cloud.run('SELECT * FROM pairs.none')).rejects.toThrow('does not have the specified index');
  await expect(cloud.run('SELECT * FROM pairs ORDER BY sk')).rejects.toThrow('ORDER BY');
});

test('a SELECT gives the values that it names, by the last step to each', async () => {
  await using cloud = await partiqlCloud();
  const Statement = `INSERT INTO users VALUE {'username': 'ada', 'home': {'city': 'London'}, 'tags': ['a', 'b']}`;
  await cloud.run(Statement);
  const { Items } = await cloud.run(`SELECT username, home.city, tags[1] FROM users WHERE username = 'ada'`);
  expect(Items).toEqual([{ username: { S: 'ada' }, city: { S: 'London' }, _3: { S: 'b' } }]);
});

test('pages go on where they ended, over all values of an IN, and their tokens are of one statement', async () => {
  await using cloud = await partiqlCloud();
  const Statement = `SELECT * FROM pairs WHERE pk IN ['x', 'y']`;
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloud.run(Statement, { Limit: 2, ...(NextToken && { NextToken }) });
    found.push(...(page.Items ?? []).map(({ pk, sk }) => `${pk?.S}${sk?.S}`));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(found).toEqual(['x1', 'x2', 'x3', 'y1', 'y2', 'y3']);
  const first = await cloud.run(Statement, { Limit: 2 });
  await expect(cloud.run('SELECT * FROM pairs', { NextToken: first.NextToken })).rejects.toThrow('NextToken');
});

test('an UPDATE changes an item that is there, and gives back what it is asked for', async () => {
  await using cloud = await partiqlCloud();
  const where = `WHERE pk = 'x' AND sk = '1'`;
  const update = (rest: string) => cloud.run(`UPDATE pairs SET n = n + 1 ${rest}`);
  expect((await update(`${where} RETURNING ALL OLD *`)).Items).toMatchObject([{ pk: { S: 'x' }, n: { N: '1' } }]);
  expect((await update(`${where} RETURNING MODIFIED NEW *`)).Items).toEqual([{ n: { N: '3' } }]);
  await expect(update(`${where} AND n = 1`)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  await expect(update(`WHERE pk = 'z' AND sk = '1'`)).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  const message = 'Where clause does not contain a mandatory equality on all key attributes';
  await expect(update(`WHERE pk = 'x'`)).rejects.toThrow(message);
  await expect(cloud.run(`UPDATE pairs SET pk = 'w' ${where}`)).rejects.toThrow('part of the key');
});

test('a DELETE takes an item away where its conditions hold', async () => {
  await using cloud = await partiqlCloud();
  const key = `pk = 'x' AND sk = '1'`;
  await expect(cloud.run(`DELETE FROM pairs WHERE ${key} AND n = 2`)).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  expect((await cloud.run(`DELETE FROM pairs WHERE ${key} RETURNING ALL OLD *`)).Items).toMatchObject([
    { n: { N: '1' } },
  ]);
  expect((await cloud.run(`DELETE FROM pairs WHERE ${key}`)).Items).toEqual([]);
  expect(await cloud.found(`SELECT * FROM pairs WHERE pk = 'x'`)).toEqual(['x2', 'x3']);
});

test('an INSERT of an item that is there is refused, and its value is checked as an item is', async () => {
  await using cloud = await partiqlCloud();
  await cloud.run('INSERT INTO users VALUE ?', { Parameters: [{ M: { username: { S: 'ada' } } }] });
  await expect(cloud.run(`INSERT INTO users VALUE {'username': 'ada'}`)).rejects.toMatchObject({
    name: 'DuplicateItemException',
    message: 'Duplicate primary key exists in table',
  });
  await expect(cloud.run(`INSERT INTO users VALUE {'name': 'ada'}`)).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('each statement of a batch has its own answer', async () => {
  await using cloud = await partiqlCloud();
  const batch = (...statements: string[]) =>
    cloud.client.send(new BatchExecuteStatementCommand({ Statements: statements.map((Statement) => ({ Statement })) }));
  const { Responses } = await batch(
    `SELECT n FROM pairs WHERE pk = 'x' AND sk = '1'`,
    `SELECT * FROM pairs WHERE pk = 'x'`,
    `SELECT * FROM missing WHERE pk = 'x'`,
    'SELECT',
  );
  expect(Responses).toMatchObject([
    { TableName: 'pairs', Item: { n: { N: '1' } } },
    { Error: { Code: 'ValidationError', Message: expect.stringContaining('must specify the primary key') } },
    { TableName: 'missing', Error: { Code: 'ResourceNotFound' } },
    { Error: { Code: 'ValidationError' } },
  ]);
  const writes = await batch(
    `INSERT INTO users VALUE {'username': 'ada'}`,
    `INSERT INTO users VALUE {'username': 'ada'}`,
  );
  expect(writes.Responses).toMatchObject([{ TableName: 'users' }, { Error: { Code: 'DuplicateItem' } }]);
  await expect(
    batch(`SELECT * FROM users WHERE username = 'a'`, `DELETE FROM users WHERE username = 'a'`),
  ).rejects.toThrow('either read statements or write statements');
});

const transact = (client: DynamoDBClient, ...statements: string[]) =>
  client.send(new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }));

test('all statements of a transaction are done, or none', async () => {
  await using cloud = await partiqlCloud();
  const { client } = cloud;
  const written = await transact(
    client,
    `EXISTS(SELECT * FROM pairs WHERE pk = 'x' AND sk = '1' AND n = 1)`,
    `INSERT INTO users VALUE {'username': 'ada'}`,
    `UPDATE pairs SET n = 9 WHERE pk = 'y' AND sk = '1'`,
  );
  expect(written.Responses).toEqual([]);
  const read = await transact(
    client,
    `SELECT * FROM users WHERE username = 'ada'`,
    `SELECT n FROM pairs WHERE pk = 'y' AND sk = '1'`,
    `SELECT * FROM users WHERE username = 'bob'`,
  );
  expect(read.Responses).toEqual([{ Item: { username: { S: 'ada' } } }, { Item: { n: { N: '9' } } }, {}]);
  const failing = transact(
    client,
    `INSERT INTO users VALUE {'username': 'bob'}`,
    `INSERT INTO users VALUE {'username': 'ada'}`,
    `EXISTS(SELECT * FROM pairs WHERE pk = 'x' AND sk = '1' AND n = 2)`,
  );
  await expect(failing).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'DuplicateItem' }, { Code: 'ConditionalCheckFailed' }],
  });
  expect((await cloud.run('SELECT * FROM users')).Items).toHaveLength(1);
});
