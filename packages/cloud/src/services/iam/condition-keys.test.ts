import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateQueueCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

const ACCOUNT = '000000000000';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A session of a role with these statements. */
async function as(cloud: TestCloud, ...statements: object[]) {
  const config = cloud.clientConfig();
  const iam = new IAMClient(config);
  const RoleName = `role-${Math.random().toString(36).slice(2)}`;
  const trust = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ACCOUNT } });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Main', PolicyDocument: document(...statements) }));
  const { Credentials } = await new STSClient(config).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' }),
  );
  return {
    ...config,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

const denied = { name: expect.stringMatching(/^AccessDenied/) };

test.each<[key: string, Condition: object]>([
  ['aws:MultiFactorAuthPresent', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }],
  ['aws:TokenIssueTime', { DateLessThan: { 'aws:TokenIssueTime': '2100-01-01T00:00:00Z' } }],
  ['aws:UserAgent', { StringLike: { 'aws:UserAgent': '*aws-sdk-js*' } }],
])('a Deny under %s bites', async (_key, Condition) => {
  await using cloud = await testCloud();
  const config = await as(cloud, EVERYTHING, { Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition });
  await expect(new SQSClient(config).send(new ListQueuesCommand({}))).rejects.toMatchObject(denied);
});

test('a queue is known by its tags, and a request by those that it brings', async () => {
  await using cloud = await testCloud();
  const root = new SQSClient(cloud.clientConfig());
  const make = (QueueName: string, env: string) => root.send(new CreateQueueCommand({ QueueName, tags: { env } }));
  const prod = await make('prod', 'prod');
  const dev = await make('dev', 'dev');
  const Condition = { StringEquals: { 'aws:ResourceTag/env': 'dev' } };
  const client = new SQSClient(
    await as(
      cloud,
      { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:TagQueue'], Resource: '*', Condition },
      {
        Effect: 'Deny',
        Action: 'sqs:TagQueue',
        Resource: '*',
        Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'env' } },
      },
    ),
  );
  await client.send(new SendMessageCommand({ QueueUrl: dev.QueueUrl, MessageBody: 'a' }));
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: prod.QueueUrl, MessageBody: 'a' })),
  ).rejects.toMatchObject(denied);
  await client.send(new TagQueueCommand({ QueueUrl: dev.QueueUrl, Tags: { team: 'blue' } }));
  await expect(
    client.send(new TagQueueCommand({ QueueUrl: dev.QueueUrl, Tags: { env: 'prod' } })),
  ).rejects.toMatchObject(denied);
});

test('a table is known by its tags', async () => {
  await using cloud = await testCloud();
  const root = new DynamoDBClient(cloud.clientConfig());
  await root.send(
    new CreateTableCommand({
      TableName: 'users',
      KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      Tags: [{ Key: 'env', Value: 'prod' }],
    }),
  );
  const Condition = { StringEquals: { 'aws:ResourceTag/env': 'prod' } };
  const client = new DynamoDBClient(
    await as(cloud, EVERYTHING, { Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*', Condition }),
  );
  await client.send(new DescribeTableCommand({ TableName: 'users' }));
  await expect(client.send(new DeleteTableCommand({ TableName: 'users' }))).rejects.toMatchObject(denied);
});

test('a parameter may be made but not overwritten', async () => {
  await using cloud = await testCloud();
  const Condition = { StringEquals: { 'ssm:Overwrite': 'true' } };
  const client = new SSMClient(
    await as(cloud, EVERYTHING, { Effect: 'Deny', Action: 'ssm:PutParameter', Resource: '*', Condition }),
  );
  await client.send(new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'String' }));
  const again = new PutParameterCommand({ Name: 'a', Value: 'c', Overwrite: true });
  await expect(client.send(again)).rejects.toMatchObject(denied);
});

test('a policy with a key that no request has is told when it is attached', async () => {
  await using cloud = await testCloud();
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
  await as(cloud, EVERYTHING, { Sid: 'Org', Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({
      kind: 'policy',
      effect: 'Deny',
      statement: '"Org"',
      key: 'aws:PrincipalOrgID',
      holds: 'never',
    }),
  );
});
