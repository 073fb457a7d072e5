import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/index.js';
import { zip } from '../fixtures/lambda-cloud.js';

const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;
const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

async function makeRole(cloud: TestCloud, name: string, principal: object, statement?: object): Promise<void> {
  const iam = new IAMClient(cloud.clientConfig());
  const trust = document({ Principal: principal, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  if (statement === undefined) return;
  const PolicyDocument = document(statement);
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'policy', PolicyDocument }));
}

const LAMBDA = { Service: 'lambda.amazonaws.com' };

function functionOf(source: string, roleName: string) {
  return new CreateFunctionCommand({
    FunctionName: 'users',
    Role: role(roleName),
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: zip(source) },
  });
}

test('a role that does not trust Lambda is not a function’s', async () => {
  await using cloud = await testCloud();
  const client = new LambdaClient(cloud.clientConfig());
  await makeRole(cloud, 'other', { Service: 'ec2.amazonaws.com' });
  for (const name of ['other', 'missing']) {
    await expect(client.send(functionOf('export const handler = 1;', name))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  }
});

test('who makes a function must be allowed to pass its role', async () => {
  await using cloud = await testCloud();
  await makeRole(cloud, 'function', LAMBDA);
  await makeRole(cloud, 'deployer', { AWS: 'arn:aws:iam::000000000000:root' }, { Action: 'lambda:*', Resource: '*' });
  const sts = new STSClient(cloud.clientConfig());
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: role('deployer'), RoleSessionName: 'me' }));
  const client = new LambdaClient({
    ...cloud.clientConfig(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
    },
  });
  await expect(client.send(functionOf('export const handler = 1;', 'function'))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('iam:PassRole'),
  });
});

test('a service may invoke a function where its policy says so', async () => {
  await using cloud = await testCloud();
  const client = new LambdaClient(cloud.clientConfig());
  await makeRole(cloud, 'function', LAMBDA);
  await client.send(functionOf('export const handler = async () => "called";', 'function'));
  const invoke = () =>
    cloud.context.dispatch(
      'lambda',
      'Invoke',
      { FunctionName: 'users', Payload: Buffer.from('{}') },
      {
        account: '000000000000',
        region: 'eu-west-1',
        principal: {
          kind: 'service',
          account: '000000000000',
          service: 'apigateway.amazonaws.com',
          sourceArn: 'arn:aws:execute-api:eu-west-1:000000000000:abc/v1/GET/users',
        },
        requestId: randomUUID(),
        sourceIp: '127.0.0.1',
      },
    );
  await expect(invoke()).rejects.toMatchObject({ status: 403 });
  await client.send(
    new AddPermissionCommand({
      FunctionName: 'users',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-west-1:000000000000:abc/*/*/*',
    }),
  );
  const { Payload } = await invoke();
  expect(Buffer.from(Payload ?? []).toString()).toBe('"called"');
});

test('a function whose role may not write logs has none, which is said once', async () => {
  await using cloud = await testCloud();
  const client = new LambdaClient(cloud.clientConfig());
  await makeRole(cloud, 'function', LAMBDA);
  await client.send(functionOf('export const handler = async () => console.log("unheard");', 'function'));
  const warnings = () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
  for (let i = 0; i < 2; i++) await client.send(new InvokeCommand({ FunctionName: 'users' }));
  await expect.poll(warnings).toContainEqual(expect.stringContaining('its role may not write to /aws/lambda/users'));
  expect(warnings().filter((message) => message.includes('has no log'))).toHaveLength(1);
});

test('code comes from S3, and calls of the function are made as its role', async () => {
  await using cloud = await testCloud();
  const client = new LambdaClient(cloud.clientConfig());
  const s3 = new S3Client(cloud.clientConfig());
  await makeRole(cloud, 'function', LAMBDA);
  await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
  const source = `export const handler = async () =>
    [process.env.AWS_ACCESS_KEY_ID.slice(0, 4), process.env.AWS_SESSION_TOKEN !== undefined];`;
  await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'users.zip', Body: zip(source) }));
  await client.send(functionOf('export const handler = 1;', 'function'));
  const update = { FunctionName: 'users', S3Bucket: 'code', S3Key: 'users.zip' };
  await client.send(new UpdateFunctionCodeCommand(update));
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'users' }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual(['ASIA', true]);
  await expect(client.send(new UpdateFunctionCodeCommand({ ...update, S3Key: 'none.zip' }))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('Error occurred while GetObject. S3 Error Code: NoSuchKey.'),
  });
});

// As AWS was recorded to answer in November 2025.
test('a function’s policy lets another account look after it, by its ARN', async () => {
  await using cloud = await testCloud();
  await makeRole(cloud, 'function', LAMBDA);
  const owner = new LambdaClient(cloud.clientConfig());
  const other = new LambdaClient(cloud.clientConfig({ account: '111111111111' }));
  const { FunctionArn: FunctionName = '' } = await owner.send(
    functionOf('export const handler = async () => 1;', 'function'),
  );
  const reads = () => other.send(new GetFunctionCommand({ FunctionName }));
  await expect(reads()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const everything = { StatementId: 'other', Action: 'lambda:*', Principal: '111111111111' };
  await owner.send(new AddPermissionCommand({ FunctionName, ...everything }));
  expect((await reads()).Configuration?.FunctionArn).toBe(FunctionName);
  await other.send(new TagResourceCommand({ Resource: FunctionName, Tags: { team: 'other' } }));
  expect((await other.send(new ListTagsCommand({ Resource: FunctionName }))).Tags).toEqual({ team: 'other' });
  const { Version } = await other.send(new PublishVersionCommand({ FunctionName }));
  expect(Version).toBe('1');
  const update = new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 });
  await expect(other.send(update)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
