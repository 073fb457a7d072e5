import { expect } from 'vitest';
import type { RecordedService } from '../recorded-case.js';

const ARN = 'arn:aws:cloudwatch:us-east-1:111111111111:alarm';
const alarm = {
  AlarmName: 'one',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  MetricName: 'Load',
  Namespace: 'App',
  Period: 60,
  Statistic: 'Average',
  Threshold: 70,
};
const composite = (AlarmName: string) => ({ AlarmNames: [AlarmName], AlarmTypes: ['CompositeAlarm'] });

/** The recorded answers of AWS's CloudWatch. */
export default {
  service: 'cloudwatch',
  cases: [
    {
      name: 'a new composite alarm says what its rule evaluates to',
      recorded: '2024-07',
      given: [
        ['PutMetricAlarm', alarm],
        ['PutCompositeAlarm', { AlarmName: 'both', AlarmRule: '(ALARM(one) OR ALARM(nobody))' }],
      ],
      ask: ['DescribeAlarms', composite('both')],
      at: 'CompositeAlarms.0.StateReason',
      answer: `${ARN}:both was created and its alarm rule evaluates to OK`,
      eventually: true,
    },
    {
      name: 'a new composite alarm lists the alarms of its rule with their states',
      recorded: '2024-07',
      given: [
        ['PutMetricAlarm', alarm],
        ['PutCompositeAlarm', { AlarmName: 'both', AlarmRule: 'ALARM(one)' }],
      ],
      ask: ['DescribeAlarms', composite('both')],
      at: 'CompositeAlarms.0.StateReasonData',
      answer: expect.stringMatching(
        `^{"triggeringAlarms":\\[{"arn":"${ARN}:one","state":{"value":"INSUFFICIENT_DATA","timestamp":"`,
      ),
      eventually: true,
    },
  ],
} satisfies RecordedService;
