import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

const TEMPLATE = {
  Resources: { Stream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: 'orders' } } },
  Outputs: { Stream: { Value: { Ref: 'Stream' } } },
};

test('a stack has a log stream in a group, and takes it away', async () => {
  await using cloud = await testCloud();
  const logs = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const stack = testStack(cloud, 'shop');
  const logGroupName = 'orders';
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const outputs = await stack.create(TEMPLATE);
  const streams = async () => {
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    return logStreams.map(({ logStreamName }) => logStreamName);
  };
  expect(await streams()).toEqual([outputs.Stream]);
  await stack.remove();
  expect(await streams()).toEqual([]);
});
