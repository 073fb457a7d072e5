import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

let cloud: TestCloud;
let client: CloudFormationClient;
let alarms: CloudWatchClient;

beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFormationClient(cloud.clientConfig());
  alarms = new CloudWatchClient(cloud.clientConfig());
});
afterAll(() => cloud.close());

const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

async function alarm(AlarmName: string, StateValue: 'OK' | 'ALARM') {
  await alarms.send(
    new PutMetricAlarmCommand({
      AlarmName,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'Load',
      Namespace: 'App',
      Period: 60,
      Statistic: 'Average',
      Threshold: 70,
    }),
  );
  await alarms.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'of the test' }));
}
const watching = (name: string) => ({
  RollbackTriggers: [
    { Arn: `arn:aws:cloudwatch:eu-west-1:000000000000:alarm:${name}`, Type: 'AWS::CloudWatch::Alarm' },
  ],
});
const described = async (StackName: string) =>
  (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0] ?? expect.fail(`no stack ${StackName}`);

test('alarms that roll a stack back are kept, and other ones are an update', async () => {
  await alarm('calm', 'OK');
  const input = { StackName: 'kept', TemplateBody };
  await client.send(new CreateStackCommand(input));
  const RollbackConfiguration = { ...watching('calm'), MonitoringTimeInMinutes: 5 };
  await client.send(new UpdateStackCommand({ ...input, RollbackConfiguration }));
  await expect.poll(() => described('kept')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', RollbackConfiguration });
  await expect(client.send(new UpdateStackCommand(input))).rejects.toThrow('No updates are to be performed.');
});

test.each([
  ['rings', 'an alarm that rings'],
  ['nowhere', 'an alarm that does not exist'],
])('%s: a stack is rolled back by %s', async (name) => {
  await alarm('rings', 'ALARM');
  const StackName = `watched-by-${name}`;
  await client.send(new CreateStackCommand({ StackName, TemplateBody, RollbackConfiguration: watching(name) }));
  await expect.poll(async () => (await described(StackName)).StackStatus).toBe('ROLLBACK_COMPLETE');
});
