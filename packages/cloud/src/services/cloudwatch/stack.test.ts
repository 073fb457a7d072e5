import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const template = (threshold: number) => ({
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
  const stack = testStack(cloud, 'watch');
  const client = new CloudWatchClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const described = async () => {
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return {
      thresholds: MetricAlarms.map(({ Threshold }) => Threshold),
      rules: CompositeAlarms.map(({ AlarmRule }) => AlarmRule),
    };
  };
  const { Arn: arn } = await stack.create(template(1));
  expect(arn).toMatch(/^arn:aws:cloudwatch:eu-west-1:000000000000:alarm:watch-Alarm-[A-Z2-7]{12}$/);
  expect(await described()).toEqual({ thresholds: [1], rules: [`ALARM("${arn}")`] });

  await stack.update(template(5));
  expect((await described()).thresholds).toEqual([5]);

  await stack.remove();
  expect(await described()).toEqual({ thresholds: [], rules: [] });
  expect((await client.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
});
