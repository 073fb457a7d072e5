import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

const ROOT = 'arn:aws:iam::000000000000:root';
const template = JSON.stringify({
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } },
});

/** Makes a role that `principal` may assume and that may do `actions` on everything. */
async function makeRole(
  cloud: TestCloud,
  name: string,
  principal: object,
  actions: readonly string[],
): Promise<string> {
  const iam = new IAMClient(cloud.clientConfig());
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
      }),
    }),
  );
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument }));
  return Role?.Arn ?? '';
}

async function clientAs(cloud: TestCloud, RoleArn: string): Promise<CloudFormationClient> {
  const sts = new STSClient(cloud.clientConfig());
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  return new CloudFormationClient({
    ...cloud.clientConfig(),
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
}

async function failure(client: CloudFormationClient, StackName: string): Promise<string | undefined> {
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
}

const CLOUDFORMATION = { Service: 'cloudformation.amazonaws.com' };

describe("a stack's calls are made", () => {
  test('with its execution role, and denied in AWS words where the role may not', async () => {
    await using cloud = await testCloud();
    const RoleARN = await makeRole(cloud, 'exec', CLOUDFORMATION, ['ssm:GetParameter*']);
    const client = new CloudFormationClient(cloud.clientConfig());
    await client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template, RoleARN }));
    expect(await failure(client, 'app')).toMatch(
      /User: arn:aws:sts::000000000000:assumed-role\/exec\/AWSCloudFormation is not authorized to perform: ssm:PutParameter on resource: .* HandlerErrorCode: AccessDenied\)$/,
    );
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE', RoleARN });
  });

  test("with the caller's permissions where it has no role", async () => {
    await using cloud = await testCloud();
    const deployer = await makeRole(cloud, 'deployer', { AWS: ROOT }, ['cloudformation:*']);
    const client = await clientAs(cloud, deployer);
    await client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template }));
    expect(await failure(client, 'app')).toContain(
      'assumed-role/deployer/test is not authorized to perform: ssm:PutParameter',
    );
  });

  test('with the role the stack was made with, when it is deleted by somebody else', async () => {
    await using cloud = await testCloud();
    const RoleARN = await makeRole(cloud, 'exec', CLOUDFORMATION, ['ssm:*']);
    const root = new CloudFormationClient(cloud.clientConfig());
    const { StackId } = await root.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template, RoleARN }));
    const client = await clientAs(cloud, await makeRole(cloud, 'deployer', { AWS: ROOT }, ['cloudformation:*']));
    await client.send(new DeleteStackCommand({ StackName: 'app' }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
    expect(Stacks?.[0]?.StackStatus).toBe('DELETE_COMPLETE');
  });
});

describe('handing a role to CloudFormation', () => {
  test('needs iam:PassRole', async () => {
    await using cloud = await testCloud();
    const RoleARN = await makeRole(cloud, 'exec', CLOUDFORMATION, ['ssm:*']);
    const client = await clientAs(cloud, await makeRole(cloud, 'deployer', { AWS: ROOT }, ['cloudformation:*']));
    const create = client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template, RoleARN }));
    await expect(create).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'is not authorized to perform: iam:PassRole on resource: arn:aws:iam::000000000000:role/exec',
      ),
    });
  });

  test('needs the role to trust it', async () => {
    await using cloud = await testCloud();
    const RoleARN = await makeRole(cloud, 'other', { Service: 'lambda.amazonaws.com' }, ['ssm:*']);
    const client = new CloudFormationClient(cloud.clientConfig());
    const create = client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template, RoleARN }));
    await expect(create).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Role ${RoleARN} is invalid or cannot be assumed`,
    });
  });
});

test('a caller without a permission of CloudFormation is denied', async () => {
  await using cloud = await testCloud();
  const client = await clientAs(cloud, await makeRole(cloud, 'reader', { AWS: ROOT }, ['cloudformation:Describe*']));
  await expect(client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template }))).rejects.toMatchObject(
    {
      name: 'AccessDenied',
      message: expect.stringContaining(
        'is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:eu-west-1:000000000000:stack/app/*',
      ),
    },
  );
});

test('a template is read from S3 by its URL', async () => {
  await using cloud = await testCloud();
  const s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'a/b c.json', Body: template }));
  const client = new CloudFormationClient(cloud.clientConfig());
  const urls = [
    `${cloud.endpoint}/templates/a/b%20c.json`,
    'https://templates.s3.eu-west-1.amazonaws.com/a/b%20c.json',
  ];
  for (const [i, TemplateURL] of urls.entries()) {
    await client.send(new CreateStackCommand({ StackName: `app${i}`, TemplateURL }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `app${i}` }));
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  }
});

test('a template in S3 is refused where it has more than 1,000,000 bytes', async () => {
  await using cloud = await testCloud();
  const s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  const client = new CloudFormationClient(cloud.clientConfig());
  const create = async (StackName: string, bytes: number) => {
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: StackName, Body: template.padEnd(bytes) }));
    return client.send(new CreateStackCommand({ StackName, TemplateURL: `${cloud.endpoint}/templates/${StackName}` }));
  };
  await create('largest', 1_000_000);
  await expect(create('larger', 1_000_001)).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Template may not exceed 1000000 bytes in size.',
  });
});

test('a dynamic reference to SSM is resolved for the resource, and for its name', async () => {
  await using cloud = await testCloud();
  const ssm = new SSMClient(cloud.clientConfig());
  await ssm.send(new PutParameterCommand({ Name: '/source', Type: 'String', Value: 'secret' }));
  const client = new CloudFormationClient(cloud.clientConfig());
  await client.send(
    new CreateStackCommand({
      StackName: 'app',
      TemplateBody: JSON.stringify({
        Resources: {
          P: {
            Type: 'AWS::SSM::Parameter',
            Properties: { Name: '/copy-{{resolve:ssm:/source}}', Type: 'String', Value: 'a {{resolve:ssm:/source}}' },
          },
        },
      }),
    }),
  );
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/copy-secret' }));
  expect(Parameter?.Value).toBe('a secret');
});

test('outputs name known APIs by their local address, and others by AWS own', async () => {
  await using cloud = await testCloud();
  cloud.context.apiIds.add('abcdef1234');
  const client = new CloudFormationClient(cloud.clientConfig());
  const output = (id: string) => ({
    Value: { 'Fn::Sub': `https://${id}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/v1/` },
  });
  await client.send(
    new CreateStackCommand({
      StackName: 'app',
      TemplateBody: JSON.stringify({
        Resources: { H: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
        Outputs: { Known: output('abcdef1234'), Unknown: output('zzzzzz9999') },
      }),
    }),
  );
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
  expect(Stacks?.[0]?.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual([
    `${cloud.endpoint}/_api/abcdef1234/v1/`,
    'https://zzzzzz9999.execute-api.eu-west-1.amazonaws.com/v1/',
  ]);
});

test('what NoEcho hides is not shown, and given on', async () => {
  await using cloud = await testCloud();
  const client = new CloudFormationClient(cloud.clientConfig());
  await client.send(
    new CreateStackCommand({
      StackName: 'app',
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'x' }],
      TemplateBody: JSON.stringify({
        Parameters: { Secret: { Type: 'String', NoEcho: true } },
        Resources: {
          P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value: { Ref: 'Secret' } } },
        },
      }),
    }),
  );
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));
  expect(Stacks?.[0]?.Parameters).toEqual([{ ParameterKey: 'Secret', ParameterValue: '****' }]);
  const { Parameter } = await new SSMClient(cloud.clientConfig()).send(new GetParameterCommand({ Name: '/p' }));
  expect(Parameter?.Value).toBe('x');
});
