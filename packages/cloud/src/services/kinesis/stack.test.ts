import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testStack } from '../cloudformation/fixtures/test-stack.js';
import { kinesisCloud, textsOf } from './fixtures/kinesis-cloud.js';

const ARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';

const template = (stream: object) => ({
  Resources: {
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks', ...stream } },
    Consumer: {
      Type: 'AWS::Kinesis::StreamConsumer',
      Properties: { ConsumerName: 'reports', StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
    },
    Policy: {
      Type: 'AWS::Kinesis::ResourcePolicy',
      Properties: {
        ResourceArn: { 'Fn::GetAtt': ['Stream', 'Arn'] },
        ResourcePolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kinesis:PutRecord', Resource: ARN }],
        },
      },
    },
  },
  Outputs: {
    Stream: { Value: { Ref: 'Stream' } },
    Arn: { Value: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
    Consumer: { Value: { Ref: 'Consumer' } },
  },
});

test('a stack has a stream with a consumer and a policy, changes the stream, and takes all of it away', async () => {
  await using it = await kinesisCloud();
  const stack = testStack(it.cloud, 'shop');
  const outputs = await stack.create(
    template({ ShardCount: 1, RetentionPeriodHours: 48, Tags: [{ Key: 'team', Value: 'a' }] }),
  );
  expect(outputs).toEqual({
    Stream: 'clicks',
    Arn: ARN,
    Consumer: expect.stringMatching(/^arn:aws:kinesis:.*:stream\/clicks\/consumer\/reports:\d+$/),
  });
  const summary = async () =>
    (await it.client.describeStreamSummary({ StreamName: 'clicks' })).StreamDescriptionSummary;
  expect(await summary()).toMatchObject({ RetentionPeriodHours: 48, OpenShardCount: 1, ConsumerCount: 1 });
  await stack.update(
    template({ ShardCount: 2, StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } }),
  );
  expect(await summary()).toMatchObject({ RetentionPeriodHours: 24, OpenShardCount: 2, EncryptionType: 'KMS' });
  const { Tags } = await it.client.listTagsForStream({ StreamName: 'clicks' });
  expect(Tags?.some(({ Key }) => Key === 'team')).toBe(false);
  await stack.remove();
  expect((await it.client.listStreams({})).StreamNames).toEqual([]);
});

test('records outlast the cloud, and those that come after them are behind them', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-kinesis-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const put = async (text: string) => {
    await using it = await kinesisCloud({ ephemeral: false, dataFolder });
    if (text === 'one') await it.client.createStream({ StreamName: 'clicks', ShardCount: 1 });
    await it.client.putRecord({ StreamName: 'clicks', PartitionKey: 'a', Data: Buffer.from(text) });
    // The client ends with the block.
    return await textsOf(it.client, 'clicks');
  };
  await put('one');
  expect(await put('two')).toEqual(['one', 'two']);
});
