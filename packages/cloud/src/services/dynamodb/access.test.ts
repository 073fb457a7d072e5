import {
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { rootCall } from '../../testing/fixtures/root-call.js';
import { iam } from '../iam/index.js';
import { sts } from '../sts/index.js';
import { dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';
import { dynamoDb } from './index.js';

const TABLE = 'arn:aws:dynamodb:eu-west-1:000000000000:table/users';
const EMAIL = { AttributeName: 'email', AttributeType: 'S' };

/** A cloud with a table of users, and a client that may do what the statement allows. */
async function cloudWithRole(statement: object) {
  const service = await dynamoDbCloud({ services: [dynamoDb, iam, sts] });
  const { cloud } = service;
  await cloud.context.dispatch(
    'dynamodb',
    'CreateTable',
    {
      ...USERS,
      AttributeDefinitions: [...USERS.AttributeDefinitions, EMAIL],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byEmail',
          KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
    rootCall,
  );
  const config = cloud.clientConfig();
  const policy = (body: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...body }] });
  const roles = new IAMClient(config);
  await roles.send(
    new CreateRoleCommand({
      RoleName: 'handler',
      AssumeRolePolicyDocument: policy({ Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }),
    }),
  );
  await roles.send(
    new PutRolePolicyCommand({ RoleName: 'handler', PolicyName: 'table', PolicyDocument: policy(statement) }),
  );
  const tokens = new STSClient(config);
  const { Credentials } = await tokens.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/handler', RoleSessionName: 'test' }),
  );
  const client = new DynamoDBClient({
    ...config,
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  return { client, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

const get = (name: string) => new GetItemCommand({ TableName: 'users', Key: { username: { S: name } } });
const put = (name: string) => new PutItemCommand({ TableName: 'users', Item: { username: { S: name } } });

it('lets a role do what is listed, and denies the rest in the words of AWS', async () => {
  await using role = await cloudWithRole({ Action: ['dynamodb:GetItem'], Resource: TABLE });
  await role.client.send(get('john'));
  await expect(role.client.send(put('john'))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/handler/test is not authorized to perform: dynamodb:PutItem on ' +
      `resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
  });
});

it('limits a role to its partition keys', async () => {
  await using role = await cloudWithRole({
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    Resource: TABLE,
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['john'] } },
  });
  await role.client.send(put('john'));
  await role.client.send(get('john'));
  await expect(role.client.send(get('jane'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it.each([
  `SELECT * FROM users WHERE username = 'jane'`,
  `SELECT * FROM users WHERE 'jane' = username`,
  `SELECT * FROM users WHERE username IN ['john', 'jane']`,
  `SELECT * FROM users WHERE username = 'john' OR username = 'jane'`,
  `SELECT * FROM users WHERE username = 'jane' AND email = 'x'`,
])('limits the statements of a role to its partition keys: %s', async (Statement) => {
  await using role = await cloudWithRole({
    Action: 'dynamodb:PartiQLSelect',
    Resource: TABLE,
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['john'] } },
  });
  await role.client.send(new ExecuteStatementCommand({ Statement: Statement.replaceAll('jane', 'john') }));
  const refused = role.client.send(new ExecuteStatementCommand({ Statement }));
  await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

// The statements are those of the developer guide, "PartiQL select statements for DynamoDB".
it.each<[where: string, isFull: boolean]>([
  [`username = 'a'`, false],
  [`username = 'a' AND email = 'x'`, false],
  [`username = 'a' OR username = 'b'`, false],
  [`username IN ['a', 'b']`, false],
  [`username > 'a'`, true],
  [`email = 'x'`, true],
  [`username = 'a' OR email = 'x'`, true],
  [`NOT username = 'a'`, true],
])('a Deny of full scans is for statements that do not restrict the partition key: %s', async (where, isFull) => {
  await using role = await cloudWithRole({
    Action: 'dynamodb:PartiQLSelect',
    Resource: TABLE,
    Condition: { Bool: { 'dynamodb:FullTableScan': 'false' } },
  });
  const answer = role.client
    .send(new ExecuteStatementCommand({ Statement: `SELECT * FROM users WHERE ${where}` }))
    .then(
      () => 'allowed',
      (error: Error) => error.name,
    );
  expect(await answer).toBe(isFull ? 'AccessDeniedException' : 'allowed');
});

it('asks for the index by its own ARN', async () => {
  await using role = await cloudWithRole({ Action: 'dynamodb:Query', Resource: TABLE });
  const query = role.client.send(
    new QueryCommand({
      TableName: 'users',
      IndexName: 'byEmail',
      KeyConditionExpression: 'email = :e',
      ExpressionAttributeValues: { ':e': { S: 'x' } },
    }),
  );
  await expect(query).rejects.toThrow(`dynamodb:Query on resource: ${TABLE}/index/byEmail`);
});

it('asks a transaction for the action of each part', async () => {
  await using role = await cloudWithRole({ Action: 'dynamodb:PutItem', Resource: TABLE });
  const Put = { TableName: 'users', Item: { username: { S: 'john' } } };
  await role.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
  const Delete = { TableName: 'users', Key: { username: { S: 'jane' } } };
  await expect(
    role.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Delete }] })),
  ).rejects.toThrow('dynamodb:DeleteItem');
});
