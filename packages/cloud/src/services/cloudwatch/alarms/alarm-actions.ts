import type { CloudContext } from '../../../core/cloud.js';
import { defined } from '../../../core/defined.js';
import { internalCall } from '../../../core/internal-call.js';
import { type AlarmRecord, type AlarmState, alarmArn } from './alarm-record.js';

const TOPIC = /^arn:aws[a-z-]*:sns:/;
const FUNCTION = /^arn:aws[a-z-]*:lambda:/;
const STATISTICS: Readonly<Record<string, string>> = { SampleCount: 'SAMPLE_COUNT' };

/** The actions of an alarm for the state that it has now. */
export function actionsOf({ settings, state }: AlarmRecord): readonly string[] {
  if (settings.ActionsEnabled === false) return [];
  const actions = {
    OK: settings.OKActions,
    ALARM: settings.AlarmActions,
    INSUFFICIENT_DATA: settings.InsufficientDataActions,
  };
  return actions[state.value] ?? [];
}

const stamp = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');

function triggerOf(alarm: AlarmRecord): object {
  if (alarm.kind === 'composite') return {};
  const { settings } = alarm;
  const statistic = settings.Statistic ?? '';
  return {
    Trigger: {
      MetricName: settings.MetricName,
      Namespace: settings.Namespace,
      StatisticType: settings.ExtendedStatistic === undefined ? 'Statistic' : 'ExtendedStatistic',
      Statistic: settings.ExtendedStatistic ?? STATISTICS[statistic] ?? statistic.toUpperCase(),
      Unit: settings.Unit ?? null,
      Dimensions: (settings.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
      Period: settings.Period,
      EvaluationPeriods: settings.EvaluationPeriods,
      ...defined({ DatapointsToAlarm: settings.DatapointsToAlarm }),
      ComparisonOperator: settings.ComparisonOperator,
      Threshold: settings.Threshold,
      TreatMissingData: settings.TreatMissingData ?? '',
      EvaluateLowSampleCountPercentile: settings.EvaluateLowSampleCountPercentile ?? '',
      ...(settings.Metrics && { Metrics: settings.Metrics }),
    },
  };
}

/** The text that topics get ("Alarm notification format"). */
function notification(alarm: AlarmRecord, before: AlarmState): string {
  const { name, account, region, state, settings } = alarm;
  return JSON.stringify({
    AlarmName: name,
    AlarmDescription: settings.AlarmDescription ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: stamp(alarm.configured),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: stamp(state.updated),
    Region: region,
    AlarmArn: alarmArn(alarm),
    OldStateValue: before.value,
    OKActions: settings.OKActions ?? [],
    AlarmActions: settings.AlarmActions ?? [],
    InsufficientDataActions: settings.InsufficientDataActions ?? [],
    ...triggerOf(alarm),
    ...(alarm.kind === 'composite' && { AlarmRule: alarm.settings.AlarmRule }),
  });
}

const stateMembers = ({ value, reason, data, updated }: AlarmState) => ({
  value,
  reason,
  ...defined({ reasonData: data }),
  timestamp: stamp(updated),
});

/** The event that functions get ("Invoke a Lambda function from an alarm"). */
function functionEvent(alarm: AlarmRecord, before: AlarmState): string {
  const { name, account, region, state, settings } = alarm;
  return JSON.stringify({
    source: 'aws.cloudwatch',
    alarmArn: alarmArn(alarm),
    accountId: account,
    time: stamp(state.updated),
    region,
    alarmData: {
      alarmName: name,
      state: stateMembers(state),
      previousState: stateMembers(before),
      configuration: { description: settings.AlarmDescription ?? '', ...triggerOf(alarm) },
    },
  });
}

/** Does one action of an alarm whose state changed. @throws where it fails, or the action is not there in this cloud */
export async function runAction(
  { dispatch }: CloudContext,
  alarm: AlarmRecord,
  before: AlarmState,
  action: string,
): Promise<void> {
  const { account, region, name, state } = alarm;
  const by = (service: string) =>
    internalCall({ account, region }, { kind: 'service', account, service, sourceArn: alarmArn(alarm) });
  if (TOPIC.test(action)) {
    const Subject = `${state.value}: "${name}" in ${region}`.slice(0, 100);
    const input = { TopicArn: action, Subject, Message: notification(alarm, before) };
    await dispatch('sns', 'Publish', input, by('cloudwatch.amazonaws.com'));
    return;
  }
  if (FUNCTION.test(action)) {
    const Payload = Buffer.from(functionEvent(alarm, before));
    const input = { FunctionName: action, InvocationType: 'Event', Payload };
    await dispatch('lambda', 'Invoke', input, by('lambda.alarms.cloudwatch.amazonaws.com'));
    return;
  }
  throw new Error('the local cloud has topics and functions as actions of alarms');
}
