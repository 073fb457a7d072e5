import { gunzipSync } from 'node:zlib';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

const logGroupName = 'orders';
const roleArn = 'arn:aws:iam::000000000000:role/logs';
const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

/** A destination whose stream the role may write to, if it has one. */
async function destinationCloud() {
  const cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const logs = new CloudWatchLogs(config);
  const kinesis = new Kinesis(config);
  const iam = new IAM(config);
  await kinesis.createStream({ StreamName: 'all', ShardCount: 1 });
  await expect
    .poll(async () => (await kinesis.describeStream({ StreamName: 'all' })).StreamDescription?.StreamStatus)
    .toBe('ACTIVE');
  const targetArn = (await kinesis.describeStream({ StreamName: 'all' })).StreamDescription?.StreamARN ?? '';
  await iam.createRole({
    RoleName: 'logs',
    AssumeRolePolicyDocument: policy({
      Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  return {
    ...cloud,
    logs,
    kinesis,
    mayWrite: () =>
      iam.putRolePolicy({
        RoleName: 'logs',
        PolicyName: 'write',
        PolicyDocument: policy({ Action: 'kinesis:PutRecord', Resource: targetArn }),
      }),
    put: () => logs.putDestination({ destinationName: 'central', targetArn, roleArn }),
  };
}

test('events of a subscription come to the stream of its destination, under the role of the destination', async () => {
  await using cloud = await destinationCloud();
  const { logs, kinesis } = cloud;
  await cloud.mayWrite();
  const { destination } = await cloud.put();
  await logs.createLogGroup({ logGroupName });
  await logs.createLogStream({ logGroupName, logStreamName: 'one' });
  await logs.putSubscriptionFilter({
    logGroupName,
    filterName: 'all',
    filterPattern: '',
    destinationArn: destination?.arn ?? '',
  });
  await logs.putLogEvents({
    logGroupName,
    logStreamName: 'one',
    logEvents: [{ timestamp: Date.now(), message: 'paid' }],
  });
  const received = async (): Promise<string[]> => {
    const [shard] = (await kinesis.listShards({ StreamName: 'all' })).Shards ?? [];
    const { ShardIterator } = await kinesis.getShardIterator({
      StreamName: 'all',
      ShardId: shard?.ShardId ?? '',
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records = [] } = await kinesis.getRecords({ ShardIterator: ShardIterator ?? '' });
    const messages = Records.map(({ Data = new Uint8Array() }) => JSON.parse(gunzipSync(Data).toString()));
    return messages.flatMap(({ messageType, logGroup, logEvents }) =>
      messageType === 'DATA_MESSAGE'
        ? logEvents.map(({ message }: { message: string }) => `${logGroup}: ${message}`)
        : [],
    );
  };
  await expect.poll(received).toEqual(['orders: paid']);
});

test('a destination whose role may not write to its stream is refused', async () => {
  await using cloud = await destinationCloud();
  await expect(cloud.put()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining('Could not deliver test message to specified destination.'),
  });
  await cloud.mayWrite();
  const { destination } = await cloud.put();
  expect(destination).toEqual({
    destinationName: 'central',
    targetArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/all',
    roleArn,
    arn: 'arn:aws:logs:eu-west-1:000000000000:destination:central',
    creationTime: expect.any(Number),
  });
});

test('a destination is described with its policy and has tags until it is deleted', async () => {
  await using cloud = await destinationCloud();
  const { logs } = cloud;
  await cloud.mayWrite();
  const { destination } = await cloud.put();
  const resourceArn = destination?.arn ?? '';
  await logs.tagResource({ resourceArn, tags: { team: 'orders' } });
  expect((await logs.listTagsForResource({ resourceArn })).tags).toEqual({ team: 'orders' });
  const accessPolicy = policy({ Principal: { AWS: '*' }, Action: 'logs:PutSubscriptionFilter', Resource: resourceArn });
  await logs.putDestinationPolicy({ destinationName: 'central', accessPolicy });
  expect((await logs.describeDestinations({})).destinations).toMatchObject([{ accessPolicy }]);
  await logs.deleteDestination({ destinationName: 'central' });
  expect((await logs.describeDestinations({})).destinations).toEqual([]);
  await expect(logs.listTagsForResource({ resourceArn })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a subscription to a destination that is not there is refused', async () => {
  await using cloud = await destinationCloud();
  await cloud.logs.createLogGroup({ logGroupName });
  const destinationArn = 'arn:aws:logs:eu-west-1:000000000000:destination:none';
  await expect(
    cloud.logs.putSubscriptionFilter({ logGroupName, filterName: 'all', filterPattern: '', destinationArn }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
