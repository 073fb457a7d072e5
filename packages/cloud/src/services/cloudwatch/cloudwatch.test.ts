import {
  CloudWatchClient,
  DeleteDashboardsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test, vi } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

const Namespace = 'shop';
const MINUTE = 60_000;
/** The start of a minute. */
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE;

const clientOf = (cloud: TestCloud) => new CloudWatchClient({ ...cloud.clientConfig(), maxAttempts: 1 });

const report = (client: CloudWatchClient, MetricName: string, values: readonly number[], minute = 0) =>
  client.send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: values.map((Value) => ({
        MetricName,
        Value,
        Unit: 'Count',
        Timestamp: new Date(START + minute * MINUTE + 1000),
        Dimensions: [{ Name: 'stage', Value: 'dev' }],
      })),
    }),
  );

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: 'errors',
  Namespace,
  MetricName: 'errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 2,
  ComparisonOperator: 'GreaterThanThreshold',
};

const stateOf = async (client: CloudWatchClient, name: string) => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: [name] }),
  );
  return [...MetricAlarms, ...CompositeAlarms][0]?.StateValue;
};

test('statistics are of the values of each period', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await report(client, 'latency', [1, 2, 6]);
  await report(client, 'latency', [10], 1);
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName: 'latency',
      Dimensions: [{ Name: 'stage', Value: 'dev' }],
      StartTime: new Date(START),
      EndTime: new Date(START + 5 * MINUTE),
      Period: 60,
      Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'],
    }),
  );
  expect(Datapoints).toEqual([
    { Timestamp: new Date(START), Sum: 9, Average: 3, Minimum: 1, Maximum: 6, SampleCount: 3, Unit: 'Count' },
    {
      Timestamp: new Date(START + MINUTE),
      Sum: 10,
      Average: 10,
      Minimum: 10,
      Maximum: 10,
      SampleCount: 1,
      Unit: 'Count',
    },
  ]);
});

test('queries are answered together, with arithmetic between them and percentiles', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await report(client, 'requests', [100]);
  await report(client, 'errors', [5]);
  await report(client, 'latency', [1, 2, 3, 4, 100]);
  const query = (Id: string, MetricName: string, Stat: string, ReturnData = false) => ({
    Id,
    ReturnData,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: [{ Name: 'stage', Value: 'dev' }] },
      Period: 60,
      Stat,
    },
  });
  const { MetricDataResults } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(START),
      EndTime: new Date(START + MINUTE),
      MetricDataQueries: [
        query('r', 'requests', 'Sum'),
        query('e', 'errors', 'Sum'),
        { Id: 'share', Expression: '100 * e / r', Label: 'errors in percent' },
        query('p', 'latency', 'p80', true),
      ],
    }),
  );
  expect(MetricDataResults).toMatchObject([
    { Id: 'share', Label: 'errors in percent', Values: [5], StatusCode: 'Complete' },
    { Id: 'p', Values: [4] },
  ]);
});

test('metrics are listed by what they are of', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await report(client, 'errors', [1]);
  await report(client, 'latency', [1]);
  const { Metrics } = await client.send(
    new ListMetricsCommand({ Namespace, Dimensions: [{ Name: 'stage' }], MetricName: 'errors' }),
  );
  expect(Metrics).toEqual([{ Namespace, MetricName: 'errors', Dimensions: [{ Name: 'stage', Value: 'dev' }] }]);
});

test('an alarm follows its metric, and says why', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await client.send(new PutMetricAlarmCommand(ALARM));
  expect(await stateOf(client, 'errors')).toBe('INSUFFICIENT_DATA');
  await client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'errors', Value: 3 }] }));
  await vi.waitFor(async () => expect(await stateOf(client, 'errors')).toBe('ALARM'));
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));
  expect(MetricAlarms?.[0]?.StateReason).toMatch(
    /^Threshold Crossed: 1 datapoint \[3\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:00\)\] was greater than the threshold \(2\.0\)\.$/,
  );
  const { AlarmHistoryItems = [] } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'errors' }));
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toContain(
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
  );
});

test('data that is missing counts as the alarm says', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  for (const TreatMissingData of ['breaching', 'notBreaching', 'ignore', 'missing']) {
    await client.send(new PutMetricAlarmCommand({ ...ALARM, AlarmName: TreatMissingData, TreatMissingData }));
  }
  await vi.waitFor(async () => {
    const states = await Promise.all(
      ['breaching', 'notBreaching', 'ignore', 'missing'].map((name) => stateOf(client, name)),
    );
    expect(states).toEqual(['ALARM', 'OK', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });
});

test('a composite alarm follows others', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await client.send(new PutMetricAlarmCommand({ ...ALARM, AlarmName: 'one' }));
  await client.send(new PutMetricAlarmCommand({ ...ALARM, AlarmName: 'other' }));
  const AlarmRule = 'ALARM("one") AND NOT ALARM("other")';
  await client.send(new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule }));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'one', StateValue: 'ALARM', StateReason: 'test' }));
  expect(await stateOf(client, 'both')).toBe('ALARM');
  await client.send(new SetAlarmStateCommand({ AlarmName: 'other', StateValue: 'ALARM', StateReason: 'test' }));
  expect(await stateOf(client, 'both')).toBe('OK');
});

test('an alarm tells a topic whose policy lets it', async () => {
  await using cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const [client, sns, sqs] = [clientOf(cloud), new SNSClient(config), new SQSClient(config)];
  const statement = (Service: string, Action: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*' }],
  });
  const Policy = JSON.stringify(statement('cloudwatch.amazonaws.com', 'sns:Publish'));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alarms', Attributes: { Policy } }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarms' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queuePolicy = JSON.stringify(statement('sns.amazonaws.com', 'sqs:SendMessage'));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: queuePolicy } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
  await client.send(new PutMetricAlarmCommand({ ...ALARM, AlarmActions: [TopicArn] }));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  const { Subject, Message } = JSON.parse(Messages?.[0]?.Body ?? '{}');
  expect(Subject).toBe('ALARM: "errors" in eu-west-1');
  expect(JSON.parse(Message)).toMatchObject({
    AlarmName: 'errors',
    NewStateValue: 'ALARM',
    NewStateReason: 'a test',
    OldStateValue: 'INSUFFICIENT_DATA',
    AlarmArn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:errors',
    Trigger: { MetricName: 'errors', Statistic: 'SUM', Threshold: 2 },
  });
});

test('an action that fails is on the terminal', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const action = 'arn:aws:sns:eu-west-1:000000000000:nobody';
  await client.send(new PutMetricAlarmCommand({ ...ALARM, AlarmActions: [action] }));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' }));
  const warnings = cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
  expect(warnings.join('\n')).toContain(`the action ${action} of the alarm`);
});

test('a dashboard is kept as it was put', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const DashboardBody = '{"widgets":[]}';
  await client.send(new PutDashboardCommand({ DashboardName: 'shop', DashboardBody }));
  expect((await client.send(new GetDashboardCommand({ DashboardName: 'shop' }))).DashboardBody).toBe(DashboardBody);
  await client.send(new DeleteDashboardsCommand({ DashboardNames: ['shop'] }));
  expect((await client.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
  await expect(client.send(new GetDashboardCommand({ DashboardName: 'shop' }))).rejects.toMatchObject({
    message: 'Dashboard shop does not exist',
  });
});

test.each([
  [
    { Value: 1, Values: [1] },
    'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
  ],
  [
    { Values: [1, 2], Counts: [1] },
    'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
  ],
])('%j is refused in the words of AWS', async (datum, message) => {
  await using cloud = await testCloud();
  const MetricData = [{ MetricName: 'm', ...datum }];
  await expect(clientOf(cloud).send(new PutMetricDataCommand({ Namespace, MetricData }))).rejects.toMatchObject({
    message,
  });
});
