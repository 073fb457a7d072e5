import type { Output } from '../../../model/client-types.js';
import { type AlarmRecord, alarmArn } from './alarm-record.js';

type Described = Output<'cloudwatch', 'DescribeAlarms'>;
type MetricAlarm = NonNullable<Described['MetricAlarms']>[number];
type CompositeAlarm = NonNullable<Described['CompositeAlarms']>[number];

function common(alarm: AlarmRecord) {
  const { settings, state } = alarm;
  return {
    AlarmArn: alarmArn(alarm),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configured),
    ActionsEnabled: settings.ActionsEnabled ?? true,
    OKActions: settings.OKActions ?? [],
    AlarmActions: settings.AlarmActions ?? [],
    InsufficientDataActions: settings.InsufficientDataActions ?? [],
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.data,
    StateUpdatedTimestamp: new Date(state.updated),
    StateTransitionedTimestamp: new Date(state.transitioned),
  };
}

export function metricAlarm(alarm: AlarmRecord): MetricAlarm | undefined {
  if (alarm.kind !== 'metric') return undefined;
  const { settings } = alarm;
  return { ...settings, Dimensions: settings.Dimensions ?? [], ...common(alarm) };
}

export function compositeAlarm(alarm: AlarmRecord): CompositeAlarm | undefined {
  return alarm.kind === 'composite' ? { ...alarm.settings, ...common(alarm) } : undefined;
}
