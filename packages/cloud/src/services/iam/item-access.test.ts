import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { dynamoDb } from '../dynamodb/index.js';
import { sts } from '../sts/index.js';
import { iam } from './index.js';

const TABLE = 'arn:aws:dynamodb:eu-west-1:000000000000:table/users';
const USER = 'User: arn:aws:sts::000000000000:assumed-role/api/test';

type Statement = Readonly<Record<string, unknown>>;

/** A table `users` with an item, and a client with the session of a role that has these statements and no other. */
async function setUp(...statements: readonly Statement[]) {
  const cloud = await testCloud({ services: [iam, sts, dynamoDb] });
  const root = new DynamoDBClient(cloud.clientConfig());
  await root.send(
    new CreateTableCommand({
      TableName: 'users',
      AttributeDefinitions: [{ AttributeName: 'username', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'username', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await root.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: 'john' } } }));
  const roles = new IAMClient(cloud.clientConfig());
  const trust = { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' };
  const document = (Statement: unknown) => JSON.stringify({ Version: '2012-10-17', Statement });
  await roles.send(new CreateRoleCommand({ RoleName: 'api', AssumeRolePolicyDocument: document(trust) }));
  await roles.send(
    new PutRolePolicyCommand({ RoleName: 'api', PolicyName: 'Table', PolicyDocument: document(statements) }),
  );
  const { Credentials } = await new STSClient(cloud.clientConfig()).send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/api', RoleSessionName: 'test' }),
  );
  const session = new DynamoDBClient({
    ...cloud.clientConfig(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  return { cloud, session, [Symbol.asyncDispose]: () => cloud.close() };
}

const john = { username: { S: 'john' } };
const allow = (Action: string | readonly string[], more: Statement = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: TABLE,
  ...more,
});

test('a role that may only read is denied writing, in the words of AWS', async () => {
  await using made = await setUp(allow('dynamodb:GetItem'));
  const { session } = made;
  expect((await session.send(new GetItemCommand({ TableName: 'users', Key: john }))).Item).toEqual(john);
  await expect(session.send(new PutItemCommand({ TableName: 'users', Item: john }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    $metadata: { httpStatusCode: 400, attempts: 1 },
  });
});

test('the terminal is told the action, the resource, the role and the statement that would allow it', async () => {
  await using made = await setUp(allow('dynamodb:GetItem'));
  await made.session.send(new PutItemCommand({ TableName: 'users', Item: john })).catch(() => undefined);
  expect(made.cloud.events).toContainEqual({
    kind: 'accessDenied',
    time: expect.any(Number),
    principal: expect.objectContaining({
      kind: 'assumedRole',
      roleName: 'api',
      roleArn: 'arn:aws:iam::000000000000:role/api',
    }),
    action: 'dynamodb:PutItem',
    resource: TABLE,
    reason: 'no policy of the role api allows it',
    statement: JSON.stringify({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE }),
    refused: true,
  });
});

test('another table is another resource', async () => {
  await using made = await setUp(allow('dynamodb:GetItem'));
  await expect(made.session.send(new GetItemCommand({ TableName: 'orders', Key: john }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('table/orders'),
  });
});

test('an index needs its own ARN', async () => {
  await using made = await setUp(allow('dynamodb:Query'));
  const query = {
    TableName: 'users',
    KeyConditionExpression: 'username = :u',
    ExpressionAttributeValues: { ':u': { S: 'john' } },
  };
  await made.session.send(new QueryCommand(query));
  await expect(made.session.send(new QueryCommand({ ...query, IndexName: 'byEmail' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`${TABLE}/index/byEmail`),
  });
});

test('a transaction needs the actions of its parts', async () => {
  await using made = await setUp(allow('dynamodb:PutItem'));
  const put = { Put: { TableName: 'users', Item: { username: { S: 'jane' } } } };
  await made.session.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
  const remove = { Delete: { TableName: 'users', Key: john } };
  await expect(
    made.session.send(new TransactWriteItemsCommand({ TransactItems: [put, remove] })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: dynamodb:DeleteItem'),
  });
});

test('a role limited to some partition keys reads those alone', async () => {
  const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['john'] } };
  await using made = await setUp(allow('dynamodb:GetItem', { Condition }));
  await made.session.send(new GetItemCommand({ TableName: 'users', Key: john }));
  await expect(
    made.session.send(new GetItemCommand({ TableName: 'users', Key: { username: { S: 'jane' } } })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('an explicit deny beats an allow', async () => {
  await using made = await setUp(allow('dynamodb:*'), { Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' });
  await expect(made.session.send(new PutItemCommand({ TableName: 'users', Item: john }))).rejects.toMatchObject({
    message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
  });
});
