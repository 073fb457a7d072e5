import { gunzipSync } from 'node:zlib';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

const Bucket = 'archive';
const logGroupName = 'orders';

async function exportCloud() {
  const cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const logs = new CloudWatchLogs(config);
  const s3 = new S3({ ...config, forcePathStyle: true });
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  await logs.createLogGroup({ logGroupName });
  await logs.createLogStream({ logGroupName, logStreamName: 'a/b' });
  const allow = (Action: string, Resource: string) => ({
    Effect: 'Allow',
    Principal: { Service: 'logs.amazonaws.com' },
    Action,
    Resource: `arn:aws:s3:::${Resource}`,
  });
  const open = (...more: object[]) =>
    s3.putBucketPolicy({
      Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow('s3:GetBucketAcl', Bucket), ...more] }),
    });
  const start = () =>
    logs.createExportTask({
      logGroupName,
      from: 0,
      to: Date.now() + 1000,
      destination: Bucket,
      destinationPrefix: 'p',
    });
  const statuses = async () => (await logs.describeExportTasks({})).exportTasks?.map(({ status }) => status?.code);
  return { ...cloud, logs, s3, open, start, statuses, writes: allow('s3:PutObject', `${Bucket}/*`) };
}

test('events are exported into a compressed object of each stream', async () => {
  await using cloud = await exportCloud();
  const { logs, s3 } = cloud;
  const timestamp = Date.now();
  const logEvents = [
    { timestamp, message: 'one' },
    { timestamp, message: 'two' },
  ];
  await logs.putLogEvents({ logGroupName, logStreamName: 'a/b', logEvents });
  await cloud.open(cloud.writes);
  const { taskId } = await cloud.start();
  await expect.poll(cloud.statuses).toEqual(['COMPLETED']);
  const { Body } = await s3.getObject({ Bucket, Key: `p/${taskId}/a-b/000000.gz` });
  const time = new Date(timestamp).toISOString();
  expect(gunzipSync((await Body?.transformToByteArray()) ?? '').toString()).toBe(`${time} one\n${time} two\n`);
});

test('an export is refused as long as the bucket does not let CloudWatch Logs look and write', async () => {
  await using cloud = await exportCloud();
  const refused = (operation: string) => ({
    name: 'InvalidParameterException',
    message: `${operation} call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.`,
  });
  await expect(cloud.start()).rejects.toMatchObject(refused('GetBucketAcl'));
  await cloud.open();
  await expect(cloud.start()).rejects.toMatchObject(refused('PutObject'));
});

test('an account has one export at a time, and one that is cancelled makes room', async () => {
  await using cloud = await exportCloud();
  await cloud.open(cloud.writes);
  const { taskId } = await cloud.start();
  await expect(cloud.start()).rejects.toMatchObject({ name: 'LimitExceededException' });
  await cloud.logs.cancelExportTask({ taskId });
  expect(await cloud.statuses()).toEqual(['CANCELLED']);
  await expect(cloud.logs.cancelExportTask({ taskId })).rejects.toMatchObject({ name: 'InvalidOperationException' });
  await cloud.start();
});
