import { validationError } from '../template/template-error.js';

/** The alarms that must not ring while a stack is deployed. */
export interface RollbackConfiguration {
  readonly triggers: readonly RollbackTrigger[];
  /** Minutes that AWS goes on watching after the deployment. */
  readonly monitoringTime?: number;
}

export interface RollbackTrigger {
  /** Of an alarm: `arn:aws:cloudwatch:us-east-1:111111111111:alarm:one` */
  readonly arn: string;
  readonly type: string;
}

interface Given {
  readonly RollbackTriggers?: readonly { readonly Arn: string; readonly Type: string }[] | undefined;
  readonly MonitoringTimeInMinutes?: number | undefined;
}

const TYPES = new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']);

/**
 * The rollback configuration in a request; undefined where the request says nothing of it.
 * @throws AwsError ValidationError for a trigger that cannot be an alarm
 */
export function rollbackConfigurationIn(given: Given | undefined): RollbackConfiguration | undefined {
  if (given === undefined) return undefined;
  const triggers = (given.RollbackTriggers ?? []).map(({ Arn: arn, Type: type }) => ({ arn, type }));
  for (const { arn, type } of triggers) {
    if (!TYPES.has(type)) throw validationError('Rollback Trigger Type not supported');
    if (alarmNameIn(arn) === undefined) {
      throw validationError("RelativeId of a Rollback Trigger's ARN is incorrect");
    }
  }
  const { MonitoringTimeInMinutes: monitoringTime } = given;
  return { triggers, ...(monitoringTime !== undefined && { monitoringTime }) };
}

/** The configuration as DescribeStacks and DescribeChangeSet answer it. */
export function shownRollbackConfiguration(configuration: RollbackConfiguration | undefined) {
  const { triggers = [], monitoringTime } = configuration ?? {};
  return {
    ...(triggers.length > 0 && { RollbackTriggers: triggers.map(({ arn, type }) => ({ Arn: arn, Type: type })) }),
    ...(monitoringTime !== undefined && { MonitoringTimeInMinutes: monitoringTime }),
  };
}

/** The name in an alarm's ARN; undefined for any other. */
export function alarmNameIn(arn: string): string | undefined {
  return /^arn:[^:]+:cloudwatch:[^:]+:\d{12}:alarm:(.+)$/.exec(arn)?.[1];
}
