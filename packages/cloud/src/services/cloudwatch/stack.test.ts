import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

const StackName = 'watch';
const WAIT = { maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 };

const template = (threshold: number) =>
  JSON.stringify({
    Resources: {
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          Namespace: 'shop',
          MetricName: 'errors',
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: threshold,
          ComparisonOperator: 'GreaterThanThreshold',
          Tags: [{ Key: 'team', Value: 'shop' }],
        },
      },
      Both: {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: { AlarmName: 'both', AlarmRule: { 'Fn::Sub': 'ALARM("${Alarm.Arn}")' } },
      },
      Board: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardName: 'board', DashboardBody: '{"widgets":[]}' },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } },
  });

test('a stack has alarms and dashboards, changes them, and takes them away', async () => {
  await using cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const [cfn, client] = [new CloudFormationClient(config), new CloudWatchClient(config)];
  const described = async () => {
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return {
      thresholds: MetricAlarms.map(({ Threshold }) => Threshold),
      rules: CompositeAlarms.map(({ AlarmRule }) => AlarmRule),
    };
  };
  await cfn.send(new CreateStackCommand({ StackName, TemplateBody: template(1) }));
  await waitUntilStackCreateComplete({ client: cfn, ...WAIT }, { StackName });
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName }));
  const arn = Stacks?.[0]?.Outputs?.[0]?.OutputValue;
  expect(arn).toMatch(/^arn:aws:cloudwatch:eu-west-1:000000000000:alarm:watch-Alarm-[A-Z2-7]{12}$/);
  expect(await described()).toEqual({ thresholds: [1], rules: [`ALARM("${arn}")`] });

  await cfn.send(new UpdateStackCommand({ StackName, TemplateBody: template(5) }));
  await waitUntilStackUpdateComplete({ client: cfn, ...WAIT }, { StackName });
  expect((await described()).thresholds).toEqual([5]);

  await cfn.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: cfn, ...WAIT }, { StackName });
  expect(await described()).toEqual({ thresholds: [], rules: [] });
  expect((await client.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
});
