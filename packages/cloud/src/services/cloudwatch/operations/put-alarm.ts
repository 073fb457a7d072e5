import { requestTags, type Tags } from '../../../core/access.js';
import type { Call } from '../../../core/operation.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { type AlarmRecord, FIRST_REASON } from '../alarms/alarm-record.js';
import { compileAlarmRule } from '../alarms/alarm-rule.js';
import { validation } from '../cloudwatch-error.js';
import { isStatistic, STATISTICS } from '../metrics/statistics.js';
import { type CloudWatchState, cloudWatchOperation, onAlarms } from '../service-state.js';
import { ALARM_TAGS } from './tagging.js';

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'GreaterThanUpperThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
];
const MISSING = ['missing', 'notBreaching', 'breaching', 'ignore'];

type Put = Pick<AlarmRecord, 'name'> & {
  readonly tags: Tags;
  readonly alarm: Pick<AlarmRecord, 'kind' | 'settings'>;
};

/** Stores an alarm; one that is there keeps its state and its tags. */
async function put(
  { name, tags, alarm }: Put,
  call: Call,
  { alarmStore, alarms, context }: CloudWatchState,
): Promise<void> {
  const { account, region } = call;
  const before = alarmStore.find(call, name);
  const now = context.now();
  const first = { value: 'INSUFFICIENT_DATA', reason: FIRST_REASON, updated: now, transitioned: now } as const;
  const record = {
    ...alarm,
    account,
    region,
    name,
    tags: before?.tags ?? withTags({}, tags, ALARM_TAGS, call),
    state: before?.state ?? first,
    configured: now,
    // The kind and its settings come together.
  } as AlarmRecord;
  await alarmStore.put(record);
  await alarmStore.note(record, {
    time: now,
    kind: 'ConfigurationUpdate',
    summary: `Alarm "${name}" ${before ? 'updated' : 'created'}`,
    data: JSON.stringify({ version: '1.0', type: before ? 'Update' : 'Create' }),
  });
  alarms.look(call);
}

const alarmActions = ({
  AlarmActions = [],
  OKActions = [],
  InsufficientDataActions = [],
}: {
  readonly AlarmActions?: readonly string[] | undefined;
  readonly OKActions?: readonly string[] | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
}): readonly string[] => [...AlarmActions, ...OKActions, ...InsufficientDataActions];

const ACTIONS = { max: 5 };

export const putMetricAlarm = cloudWatchOperation({
  name: 'PutMetricAlarm',
  limits: {
    AlarmName: { min: 1, max: 255 },
    AlarmDescription: { max: 1024 },
    OKActions: ACTIONS,
    AlarmActions: ACTIONS,
    InsufficientDataActions: ACTIONS,
    Statistic: { values: STATISTICS },
    ComparisonOperator: { values: COMPARISONS },
    EvaluationPeriods: { min: 1 },
    DatapointsToAlarm: { min: 1 },
    Period: { min: 1 },
  },
  parse: ({ Tags, ...settings }) => {
    const { MetricName, Metrics, Period, Statistic, ExtendedStatistic, TreatMissingData } = settings;
    if (MetricName === undefined && Metrics === undefined) {
      throw validation('One of Metrics list or MetricName is required.');
    }
    if (MetricName !== undefined && Period === undefined) throw validation('Period must not be null');
    if (Period !== undefined && ![10, 20, 30].includes(Period) && Period % 60 !== 0) {
      throw validation('Period must be 10, 20, 30 or a multiple of 60');
    }
    if (MetricName !== undefined && Statistic === undefined && ExtendedStatistic === undefined) {
      throw validation('Statistic or ExtendedStatistic must be given');
    }
    if (ExtendedStatistic !== undefined && !isStatistic(ExtendedStatistic)) {
      throw validation(`The local cloud does not support the statistic ${ExtendedStatistic}`);
    }
    if (TreatMissingData !== undefined && !MISSING.includes(TreatMissingData)) {
      throw validation(`The value '${TreatMissingData}' is not one of the following: ${MISSING.join(', ')}.`);
    }
    return { name: settings.AlarmName, tags: fromTagList(Tags), alarm: { kind: 'metric' as const, settings } };
  },
  access: (row) => [
    onAlarms(row, 'PutMetricAlarm', ({ name }) => [name], {
      ...requestTags(({ tags }) => tags),
      'cloudwatch:AlarmActions': ({ input }) => alarmActions(input.alarm.settings),
    }),
  ],
  handle: put,
});

export const putCompositeAlarm = cloudWatchOperation({
  name: 'PutCompositeAlarm',
  limits: { AlarmName: { min: 1, max: 255 }, AlarmRule: { min: 1, max: 10_240 }, AlarmDescription: { max: 1024 } },
  parse: ({ Tags, ...settings }) => {
    if (!compileAlarmRule(settings.AlarmRule)) throw validation(`AlarmRule is not valid: ${settings.AlarmRule}`);
    return { name: settings.AlarmName, tags: fromTagList(Tags), alarm: { kind: 'composite' as const, settings } };
  },
  access: (row) => [
    onAlarms(row, 'PutCompositeAlarm', ({ name }) => [name], {
      ...requestTags(({ tags }) => tags),
      'cloudwatch:AlarmActions': ({ input }) => alarmActions(input.alarm.settings),
    }),
  ],
  handle: put,
});
