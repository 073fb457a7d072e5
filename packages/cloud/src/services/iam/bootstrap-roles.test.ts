import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ClientConfig, type TestCloud, testCloud } from '../../testing/index.js';
import { cloudFormation } from '../cloudformation/index.js';
import { dynamoDb } from '../dynamodb/index.js';
import { kms } from '../kms/index.js';
import { s3 } from '../s3/index.js';
import { ssm } from '../ssm/index.js';
import { sts } from '../sts/index.js';
import { iam } from './index.js';

/**
 * The roles of the stack that the CDK makes by `cdk bootstrap`, from its own template: what `cdk deploy` asks of each
 * is allowed, and what it does not ask is not.
 */
const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
const TARGET = { account: ACCOUNT, region: REGION };

const roleArn = (role: string) => `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-${role}-role-${ACCOUNT}-${REGION}`;

/** What of the template is about images and keys, and not about these roles. */
const LEFT_OUT = /^(ContainerAssetsRepository|ImagePublishingRole|FileAssetsBucketEncryptionKey)/;

async function bootstrapTemplate(): Promise<string> {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/package.json');
  const text = await readFile(join(cdk, '..', 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');
  const template = parse(text.replaceAll('$' + '{FileAssetsBucketEncryptionKey.Arn}', 'unused'));
  for (const name of Object.keys(template.Resources)) if (LEFT_OUT.test(name)) delete template.Resources[name];
  delete template.Outputs;
  return JSON.stringify(template);
}

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await testCloud({ services: [cloudFormation, dynamoDb, iam, kms, s3, ssm, sts] });
  const client = new CloudFormationClient(cloud.clientConfig(TARGET));
  await client.send(
    new CreateStackCommand({
      StackName: 'CDKToolkit',
      TemplateBody: await bootstrapTemplate(),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [{ ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: 'AWS_MANAGED_KEY' }],
    }),
  );
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
    { StackName: 'CDKToolkit' },
  );
});

afterAll(() => cloud.close());

async function as(role: string): Promise<ClientConfig> {
  const { Credentials } = await new STSClient(cloud.clientConfig(TARGET)).send(
    new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'aws-cdk' }),
  );
  return {
    ...cloud.clientConfig(TARGET),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  } as ClientConfig;
}

const denied = { name: expect.stringMatching(/^AccessDenied/) };

test('the file publishing role puts assets into the bucket, and deploys nothing', async () => {
  const config = await as('file-publishing');
  const files = new S3Client(config);
  await files.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'abc', MaxKeys: 1 }));
  await files.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'abc.json', Body: '{}' }));
  await expect(new CloudFormationClient(config).send(new DescribeStacksCommand({}))).rejects.toMatchObject(denied);
});

test('the deploy role deploys a stack with the execution role, and makes nothing itself', async () => {
  const config = await as('deploy');
  const stacks = new CloudFormationClient(config);
  await new SSMClient(config).send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
  const table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'users',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  };
  await new S3Client(await as('file-publishing')).send(
    new PutObjectCommand({ Bucket: BUCKET, Key: 'web.json', Body: JSON.stringify({ Resources: { Users: table } }) }),
  );
  const named = { StackName: 'Web', ChangeSetName: 'cdk-deploy-change-set' };
  await stacks.send(
    new CreateChangeSetCommand({
      ...named,
      ChangeSetType: 'CREATE',
      TemplateURL: `${cloud.endpoint}/${BUCKET}/web.json`,
      RoleARN: roleArn('cfn-exec'),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await stacks.send(new ExecuteChangeSetCommand(named));
  await waitUntilStackCreateComplete(
    { client: stacks, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
    { StackName: 'Web' },
  );
  await stacks.send(new GetTemplateCommand({ StackName: 'Web' }));
  const { TableNames } = await new DynamoDBClient(cloud.clientConfig(TARGET)).send(new ListTablesCommand({}));
  expect(TableNames).toEqual(['users']);
  await expect(new DynamoDBClient(config).send(new ListTablesCommand({}))).rejects.toMatchObject(denied);
});

test('the deploy role may hand CloudFormation no other role than the execution role', async () => {
  const stacks = new CloudFormationClient(await as('deploy'));
  const creation = stacks.send(
    new CreateStackCommand({ StackName: 'Other', TemplateBody: '{"Resources":{}}', RoleARN: roleArn('lookup') }),
  );
  await expect(creation).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/cdk-hnb659fds-deploy-role-${ACCOUNT}-${REGION}/aws-cdk is not authorized to perform: iam:PassRole on resource: ${roleArn('lookup')} because no identity-based policy allows the iam:PassRole action`,
  });
});

test('the lookup role reads and does not write', async () => {
  const config = await as('lookup');
  await new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
  await expect(
    new DynamoDBClient(config).send(
      new CreateTableCommand({
        TableName: 'mine',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ),
  ).rejects.toMatchObject(denied);
});

test('only CloudFormation assumes the execution role', async () => {
  await expect(as('cfn-exec')).rejects.toMatchObject({
    message: expect.stringContaining('because no role trust policy allows the sts:AssumeRole action'),
  });
});

test('the roles are not assumed with an external id', async () => {
  const assumption = new STSClient(cloud.clientConfig(TARGET)).send(
    new AssumeRoleCommand({ RoleArn: roleArn('deploy'), RoleSessionName: 'aws-cdk', ExternalId: 'somebody' }),
  );
  await expect(assumption).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the bucket answers its own account alone', async () => {
  const stranger = new S3Client(cloud.clientConfig({ account: '210987654321', region: REGION }));
  await expect(stranger.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'web.json' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});
