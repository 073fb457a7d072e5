import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import { pageOf } from '../../../kit/page.js';
import { compositeAlarm, metricAlarm } from '../alarms/alarm-output.js';
import type { AlarmRecord } from '../alarms/alarm-record.js';
import { invalidToken, notFound } from '../cloudwatch-error.js';
import { metricId, metricOf } from '../metrics/metric.js';
import { cloudWatchOperation, onAlarms, onAnything } from '../service-state.js';

const STATES = ['INSUFFICIENT_DATA', 'ALARM', 'OK'];
const byType = { MetricAlarm: 'metric', CompositeAlarm: 'composite' } as const;

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

export const describeAlarms = cloudWatchOperation({
  name: 'DescribeAlarms',
  limits: { MaxRecords: { min: 1, max: 100 }, StateValue: { values: STATES } },
  access: (row) => [onAlarms(row, 'DescribeAlarms', ({ AlarmNames }) => AlarmNames ?? ['*'])],
  handle: (input, call, { alarmStore }) => {
    const { AlarmNames: names, AlarmNamePrefix: prefix = '', AlarmTypes = ['MetricAlarm'], StateValue: state } = input;
    const kinds: readonly string[] = AlarmTypes.flatMap((type) => (type === 'LogAlarm' ? [] : [byType[type]]));
    const { ActionPrefix: action = '', MaxRecords: limit = 50, NextToken: token } = input;
    const found = alarmStore
      .list(call)
      // Named alarms are given of every kind unless kinds are named too.
      .filter(({ kind }) => kinds.includes(kind) || (names !== undefined && input.AlarmTypes === undefined))
      .filter(({ name }) => (names ? names.includes(name) : name.startsWith(prefix)))
      .filter((alarm) => state === undefined || alarm.state.value === state)
      .filter(({ settings }) => action === '' || (settings.AlarmActions ?? []).some((each) => each.startsWith(action)));
    const { items, next } = pageOf(found, {
      keyOf: ({ name }) => name,
      limit,
      token,
      of: ['DescribeAlarms', names, prefix, kinds, state, action],
      refuse: invalidToken,
    });
    return {
      CompositeAlarms: items.map(compositeAlarm).filter(isThere),
      MetricAlarms: items.map(metricAlarm).filter(isThere),
      NextToken: next,
    };
  },
});

export const describeAlarmsForMetric = cloudWatchOperation({
  name: 'DescribeAlarmsForMetric',
  access: (row) => [onAnything(row, 'DescribeAlarmsForMetric')],
  handle: (input, call, { alarmStore }) => {
    const wanted = metricId(metricOf(input));
    const isAbout = (alarm: AlarmRecord): boolean => {
      if (alarm.kind !== 'metric') return false;
      const { MetricName, Namespace, Dimensions, Statistic, Period } = alarm.settings;
      return (
        MetricName !== undefined &&
        Namespace !== undefined &&
        metricId(metricOf({ MetricName, Namespace, Dimensions })) === wanted &&
        (input.Statistic === undefined || input.Statistic === Statistic) &&
        (input.Period === undefined || input.Period === Period)
      );
    };
    return { MetricAlarms: alarmStore.list(call).filter(isAbout).map(metricAlarm).filter(isThere) };
  },
});

export const describeAlarmHistory = cloudWatchOperation({
  name: 'DescribeAlarmHistory',
  limits: { MaxRecords: { min: 1, max: 100 } },
  access: (row) => [onAlarms(row, 'DescribeAlarmHistory', ({ AlarmName }) => [AlarmName ?? '*'])],
  handle: async (input, call, { alarmStore }) => {
    const { AlarmName: name, HistoryItemType: kind, StartDate, EndDate, MaxRecords: limit = 100, NextToken } = input;
    const [start, end] = [StartDate?.getTime() ?? 0, EndDate?.getTime() ?? Number.POSITIVE_INFINITY];
    const found = (await alarmStore.history(call))
      .filter(({ alarm }) => name === undefined || alarm.name === name)
      .filter((item) => kind === undefined || item.kind === kind)
      .filter(({ time }) => time >= start && time <= end);
    if (input.ScanBy === 'TimestampAscending') found.reverse();
    const numbered = found.map((item, at) => ({ item, key: String(at).padStart(9, '0') }));
    const { items, next } = pageOf(numbered, {
      keyOf: ({ key }) => key,
      limit,
      token: NextToken,
      of: ['DescribeAlarmHistory', name, kind, start],
      refuse: invalidToken,
    });
    return {
      AlarmHistoryItems: items.map(({ item }) => ({
        AlarmName: item.alarm.name,
        AlarmType: item.alarm.kind === 'metric' ? ('MetricAlarm' as const) : ('CompositeAlarm' as const),
        Timestamp: new Date(item.time),
        HistoryItemType: item.kind,
        HistorySummary: item.summary,
        HistoryData: item.data,
      })),
      NextToken: next,
    };
  },
});

export const deleteAlarms = cloudWatchOperation({
  name: 'DeleteAlarms',
  limits: { AlarmNames: { max: 100 } },
  parse: ({ AlarmNames: names }) => ({ names }),
  access: (row) => [onAlarms(row, 'DeleteAlarms', ({ names }) => names)],
  handle: async ({ names }, call, { alarmStore }) => {
    for (const name of names) {
      const alarm = alarmStore.find(call, name);
      if (alarm) await alarmStore.remove(alarm);
    }
  },
});

export const setAlarmState = cloudWatchOperation({
  name: 'SetAlarmState',
  limits: { AlarmName: { min: 1, max: 255 }, StateValue: { values: STATES }, StateReason: { max: 1023 } },
  parse: ({ AlarmName: name, StateValue: value, StateReason: reason, StateReasonData: data }) => {
    if (data !== undefined) checkData(data);
    return { name, value, reason, data };
  },
  access: (row) => [onAlarms(row, 'SetAlarmState', ({ name }) => [name])],
  handle: async ({ name, ...state }, call, { alarmStore, alarms }) => {
    const alarm = alarmStore.find(call, name);
    if (!alarm) throw notFound();
    await alarms.setState(alarm, state);
  },
});

/** @throws AwsError InvalidFormat */
function checkData(data: string): void {
  try {
    parseJson(data);
  } catch {
    throw new AwsError('InvalidFormat', 'TextParserException');
  }
}

export const enableAlarmActions = cloudWatchOperation({
  name: 'EnableAlarmActions',
  parse: ({ AlarmNames: names }) => ({ names }),
  access: (row) => [onAlarms(row, 'EnableAlarmActions', ({ names }) => names)],
  handle: async ({ names }, call, { alarmStore }) => {
    for (const name of names) {
      const alarm = alarmStore.find(call, name);
      if (alarm) await alarmStore.put(withActions(alarm, true));
    }
  },
});

export const disableAlarmActions = cloudWatchOperation({
  name: 'DisableAlarmActions',
  parse: ({ AlarmNames: names }) => ({ names }),
  access: (row) => [onAlarms(row, 'DisableAlarmActions', ({ names }) => names)],
  handle: async ({ names }, call, { alarmStore }) => {
    for (const name of names) {
      const alarm = alarmStore.find(call, name);
      if (alarm) await alarmStore.put(withActions(alarm, false));
    }
  },
});

function withActions(alarm: AlarmRecord, ActionsEnabled: boolean): AlarmRecord {
  return alarm.kind === 'metric'
    ? { ...alarm, settings: { ...alarm.settings, ActionsEnabled } }
    : { ...alarm, settings: { ...alarm.settings, ActionsEnabled } };
}
