import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';

const StackName = 'shop';
const TemplateBody = JSON.stringify({
  Resources: { Stream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: 'orders' } } },
  Outputs: { Stream: { Value: { Ref: 'Stream' } } },
});

test('a stack has a log stream in a group, and takes it away', async () => {
  await using cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const [cfn, logs] = [new CloudFormationClient(config), new CloudWatchLogsClient(config)];
  const wait = { client: cfn, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 };
  const logGroupName = 'orders';
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await cfn.send(new CreateStackCommand({ StackName, TemplateBody }));
  await waitUntilStackCreateComplete(wait, { StackName });
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName }));
  const streams = async () => {
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    return logStreams.map(({ logStreamName }) => logStreamName);
  };
  expect(await streams()).toEqual([Stacks?.[0]?.Outputs?.[0]?.OutputValue]);
  await cfn.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(wait, { StackName });
  expect(await streams()).toEqual([]);
});
