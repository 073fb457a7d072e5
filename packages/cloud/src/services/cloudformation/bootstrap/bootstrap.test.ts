import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { type ClientTarget, testCloud } from '../../../testing/index.js';

const PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const role = (kind: string, account: string, region: string): string =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${kind}-${account}-${region}`;

async function toolkitStatus(
  cloud: Awaited<ReturnType<typeof testCloud>>,
  target: ClientTarget,
): Promise<string | undefined> {
  const client = new CloudFormationClient(cloud.clientConfig(target));
  const { Stacks } = await client.send(new DescribeStacksCommand({}));
  return Stacks?.find(({ StackName }) => StackName === 'CDKToolkit')?.StackStatus;
}

describe('the first use of an account and region finds it bootstrapped', () => {
  test('by the version parameter', async () => {
    await using cloud = await testCloud();
    const ssm = new SSMClient(cloud.clientConfig());
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: PARAMETER, WithDecryption: true }));
    expect(Parameter?.Value).toBe('33');
    expect(await toolkitStatus(cloud, {})).toBe('CREATE_COMPLETE');
  });

  test('by a role, also of another account, and by its bucket', async () => {
    await using cloud = await testCloud();
    const target = { account: '123456789012', region: 'us-east-1' };
    const sts = new STSClient(cloud.clientConfig());
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role('file-publishing-role', target.account, target.region),
        RoleSessionName: 'cdk',
      }),
    );
    expect(await toolkitStatus(cloud, target)).toBe('CREATE_COMPLETE');
    expect(await toolkitStatus(cloud, {})).toBeUndefined();
    const s3 = new S3Client({
      endpoint: cloud.endpoint,
      region: target.region,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    const Bucket = `cdk-hnb659fds-assets-${target.account}-${target.region}`;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'asset.json', Body: '{}' }));
  });

  test.each(['cn-north-1', 'us-gov-west-1'])('in %s, outside the partition aws', async (region) => {
    await using cloud = await testCloud();
    const ssm = new SSMClient(cloud.clientConfig({ region }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: PARAMETER }));
    expect(Parameter?.Value).toBe('33');
    expect(await toolkitStatus(cloud, { region })).toBe('CREATE_COMPLETE');
  });

  test('by its bucket alone', async () => {
    await using cloud = await testCloud();
    const s3 = new S3Client(cloud.clientConfig());
    await s3.send(new HeadBucketCommand({ Bucket: 'cdk-hnb659fds-assets-000000000000-eu-west-1' }));
  });

  test('once, however many ask at the same time, and quickly', async () => {
    await using cloud = await testCloud();
    const ssm = new SSMClient(cloud.clientConfig());
    await ssm.send(new GetParameterCommand({ Name: 'warm-up' })).catch(() => {});
    const started = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => ssm.send(new GetParameterCommand({ Name: PARAMETER }))));
    expect(performance.now() - started).toBeLessThan(1500);
    const client = new CloudFormationClient(cloud.clientConfig());
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'CDKToolkit' }));
    expect(
      StackEvents.filter(
        ({ ResourceStatus, ResourceType }) =>
          ResourceType === 'AWS::CloudFormation::Stack' && ResourceStatus === 'CREATE_IN_PROGRESS',
      ),
    ).toHaveLength(1);
  });
});

test('the roles trust the default account and the account that asked first, not others', async () => {
  await using cloud = await testCloud();
  const assume = (from: string, account: string) =>
    new STSClient(cloud.clientConfig({ account: from })).send(
      new AssumeRoleCommand({ RoleArn: role('deploy-role', account, 'eu-west-1'), RoleSessionName: 'cdk' }),
    );
  await assume('222222222222', '111111111111');
  await assume('000000000000', '111111111111');
  await expect(assume('333333333333', '111111111111')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the execution role has AdministratorAccess and trusts CloudFormation alone', async () => {
  await using cloud = await testCloud();
  await new SSMClient(cloud.clientConfig()).send(new GetParameterCommand({ Name: PARAMETER }));
  const iam = new IAMClient(cloud.clientConfig());
  const RoleName = 'cdk-hnb659fds-cfn-exec-role-000000000000-eu-west-1';
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'cloudformation.amazonaws.com' } },
  ]);
});

test("an account whose toolkit's role somebody else made is used as it is", async () => {
  await using cloud = await testCloud();
  const client = new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const AssumeRolePolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const RoleName = role('deploy-role', '000000000000', 'eu-west-1').split('/').at(-1);
  const TemplateBody = JSON.stringify({
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument } } },
  });
  await client.send(new CreateStackCommand({ StackName: 'own', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  const ssm = new SSMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await expect(ssm.send(new GetParameterCommand({ Name: PARAMETER }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining('bootstrap stack of account') }),
  );
  const iam = new IAMClient(cloud.clientConfig());
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.RoleName).toBe(RoleName);
});
