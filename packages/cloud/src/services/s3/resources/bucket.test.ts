import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/test-cloud.js';

type Properties = Record<string, unknown>;

const template = (properties: Properties, more: Properties = {}): string =>
  JSON.stringify({
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: properties }, ...more },
    Outputs: { Name: { Value: { Ref: 'Bucket' } }, Arn: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } },
  });

const StackName = 'Stack';
const WAIT = { maxWaitTime: 20, minDelay: 0.05, maxDelay: 1 };

function clients(cloud: TestCloud) {
  return { cfn: new CloudFormationClient(cloud.clientConfig()), s3: new S3Client(cloud.clientConfig()) };
}

async function create(cfn: CloudFormationClient, TemplateBody: string): Promise<Record<string, string>> {
  await cfn.send(new CreateStackCommand({ StackName, TemplateBody }));
  await waitUntilStackCreateComplete({ client: cfn, ...WAIT }, { StackName });
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
}

/** The bucket of CDK's bootstrap template. */
const BOOTSTRAP: Properties = {
  BucketName: 'assets',
  AccessControl: 'Private',
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
  },
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  VersioningConfiguration: { Status: 'Enabled' },
  LifecycleConfiguration: {
    Rules: [
      { Id: 'Old', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      { Id: 'Abort', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ],
  },
  Tags: [{ Key: 'k', Value: 'v' }],
};

const POLICY = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'Bucket' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
};

test("CDK's bucket is made as its template says, and usable", async () => {
  await using cloud = await testCloud();
  const { cfn, s3 } = clients(cloud);
  expect(await create(cfn, template(BOOTSTRAP, { Policy: POLICY }))).toEqual({
    Name: 'assets',
    Arn: 'arn:aws:s3:::assets',
  });
  const Bucket = 'assets';
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
    SSEAlgorithm: 'aws:kms',
  });
  const access = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(access.PublicAccessBlockConfiguration?.RestrictPublicBuckets).toBe(true);
  const lifecycle = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(lifecycle.Rules?.map(({ ID }) => ID)).toEqual(['Old', 'Abort']);
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain('aws:SecureTransport');
  const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  expect(TagSet).toContainEqual({ Key: 'k', Value: 'v' });
});

test('a bucket without a name gets one of its own, and goes with the stack', async () => {
  await using cloud = await testCloud();
  const { cfn, s3 } = clients(cloud);
  const { Name: Bucket = '' } = await create(cfn, template({}));
  expect(Bucket).toMatch(/^stack-bucket-[a-z0-9]{12}$/);
  await s3.send(new HeadBucketCommand({ Bucket }));
  await cfn.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: cfn, ...WAIT }, { StackName });
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
});

test('a bucket whose policy denies everybody goes with its stack', async () => {
  await using cloud = await testCloud();
  const { cfn, s3 } = clients(cloud);
  const locked = structuredClone(POLICY);
  const [statement] = locked.Properties.PolicyDocument.Statement;
  Reflect.deleteProperty(statement ?? {}, 'Condition');
  const { Name: Bucket = '' } = await create(cfn, template({}, { Policy: locked }));
  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: 'AccessDenied' });
  await cfn.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: cfn, ...WAIT }, { StackName });
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
});

test('an update changes what is said of a bucket, and takes back what no longer is', async () => {
  await using cloud = await testCloud();
  const { cfn, s3 } = clients(cloud);
  await create(cfn, template(BOOTSTRAP));
  const TemplateBody = template({ BucketName: 'assets', Tags: [{ Key: 'k', Value: 'w' }] });
  await cfn.send(new UpdateStackCommand({ StackName, TemplateBody }));
  await waitUntilStackUpdateComplete({ client: cfn, ...WAIT }, { StackName });
  const Bucket = 'assets';
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
  await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchLifecycleConfiguration',
  });
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toContainEqual({ Key: 'k', Value: 'w' });
});

test('what no local call can see is stored, answered where S3 has it, and said once', async () => {
  await using cloud = await testCloud();
  const { cfn, s3 } = clients(cloud);
  const properties = {
    AccessControl: 'LogDeliveryWrite',
    LifecycleConfiguration: {
      Rules: [
        {
          Status: 'Enabled',
          NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
          Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }],
        },
      ],
    },
    LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'b/' },
    WebsiteConfiguration: { IndexDocument: 'index.html' },
  };
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await s3.send(new CreateBucketCommand({ Bucket: 'logs', CreateBucketConfiguration }));
  const { Name: Bucket } = await create(cfn, template(properties));
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toMatchObject([
    {
      Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
      NoncurrentVersionTransitions: [{ NoncurrentDays: 90, StorageClass: 'GLACIER' }],
    },
  ]);
  const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand({ Bucket }));
  expect(LoggingEnabled).toEqual({ TargetBucket: 'logs', TargetPrefix: 'b/' });
  const { StackEvents } = await cfn.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents?.[0]?.ResourceStatusReason).toBe(
    'Stored, no effect here: AccessControl of AWS::S3::Bucket, LifecycleConfiguration of AWS::S3::Bucket, ' +
      'LoggingConfiguration of AWS::S3::Bucket. See docs/reference/local-cloud.md.',
  );
});

test.each([['AccessControl', 'PublicRead']])(
  'a property that this S3 has not is named before anything is made: %s',
  async (property, value) => {
    await using cloud = await testCloud();
    const { cfn } = clients(cloud);
    const refused = create(cfn, template({ [property]: value }));
    await expect(refused).rejects.toThrow(/does not support this/);
    await expect(refused).rejects.toThrow(`${property} ${value}`);
    await expect(cfn.send(new DescribeStackEventsCommand({ StackName }))).rejects.toThrow('does not exist');
  },
);

test('a bucket that somebody else made is not taken over', async () => {
  await using cloud = await testCloud();
  const { cfn } = clients(cloud);
  await create(cfn, template({ BucketName: 'taken' }));
  const other = { StackName: 'Other', TemplateBody: template({ BucketName: 'taken' }) };
  await cfn.send(new CreateStackCommand(other));
  await expect(waitUntilStackCreateComplete({ client: cfn, ...WAIT }, { StackName: 'Other' })).rejects.toThrow();
});
