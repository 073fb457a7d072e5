import { CloudFormation, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

let deployed: DeployedApp;
let config: Awaited<ReturnType<DeployedApp['clientConfig']>>;
const output = (name: string) => deployed.output('Near', name);

beforeAll(async () => {
  deployed = await DeployedApp.deploy('tests/features/cdk-providers/infra.ts');
  config = { ...(await deployed.clientConfig()), region: 'eu-west-1' };
});
afterAll(async () => {
  await deployed?.[Symbol.asyncDispose]();
});

test('a reference to a stack of another region has its value', async () => {
  const s3 = new S3({ ...config, region: 'us-west-2', forcePathStyle: true });
  expect((await s3.listBuckets()).Buckets?.map(({ Name }) => Name)).toContain(output('ArchiveName'));
});

test('AwsCustomResource makes its call, whose response has attributes', async () => {
  const { Parameter } = await new SSM(config).getParameter({ Name: '/shop/made-by-a-call' });
  expect(Parameter?.Value).toBe('made');
  expect(output('ParameterVersion')).toBe('1');
});

test('LogRetention makes the log group and gives it its retention', async () => {
  const { logGroups = [] } = await new CloudWatchLogs(config).describeLogGroups({ logGroupNamePrefix: '/shop/kept' });
  expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([7]);
});

test('BucketDeployment writes its files, and a notification of the bucket reaches the queue', async () => {
  const s3 = new S3({ ...config, forcePathStyle: true });
  const Bucket = output('SiteName');
  const page = await s3.getObject({ Bucket, Key: 'index.html' });
  expect(await page.Body?.transformToString()).toBe('<p>hello</p>');
  await s3.putObject({ Bucket, Key: 'uploads/a.txt', Body: 'a' });
  const sqs = new SQS(config);
  const keys = async () => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: output('QueueUrl'), WaitTimeSeconds: 1 });
    return Messages.flatMap(({ Body = '{}' }) =>
      (JSON.parse(Body).Records ?? []).map((record: { s3: { object: { key: string } } }) => record.s3.object.key),
    );
  };
  await expect.poll(keys, { timeout: 30_000 }).toContain('uploads/a.txt');
});

test('deleting the stack empties the bucket whose objects go with it, and makes the call for the end', async () => {
  const client = new CloudFormation(config);
  await client.deleteStack({ StackName: 'Near' });
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 120, minDelay: 0.2, maxDelay: 1 }, { StackName: 'Near' });
  await expect(
    new S3({ ...config, forcePathStyle: true }).headBucket({ Bucket: output('SiteName') }),
  ).rejects.toThrow();
  await expect(new SSM(config).getParameter({ Name: '/shop/made-by-a-call' })).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});
