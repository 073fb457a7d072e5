import { type AccessRow, anything, type ConditionKeys, type RowMaker, type Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import { alarmArn } from './alarms/alarm-record.js';
import type { AlarmStore } from './alarms/alarm-store.js';
import type { Alarms } from './alarms/alarms.js';
import { refuseInput } from './cloudwatch-error.js';
import type { DashboardStore } from './dashboards/dashboard-store.js';
import type { MetricStore } from './metrics/metric-store.js';

/** The state that the operations of CloudWatch share. */
export interface CloudWatchState {
  readonly context: CloudContext;
  readonly metrics: MetricStore;
  readonly alarmStore: AlarmStore;
  readonly alarms: Alarms;
  readonly dashboards: DashboardStore;
}

/** An operation of CloudWatch. */
export const cloudWatchOperation = operationsOf<CloudWatchState, 'cloudwatch'>('cloudwatch', refuseInput);

type CloudWatchRow<Input> = RowMaker<CloudWatchState, Input>;

interface AlarmTarget extends Target {
  readonly name: string;
}

/** One action on the alarms that the input names; `*` for all. */
export function onAlarms<Input>(
  row: CloudWatchRow<Input>,
  action: string,
  namesOf: (input: Input) => readonly string[],
  keys: ConditionKeys<CloudWatchState, NoInfer<Input>, AlarmTarget> = {},
): AccessRow<CloudWatchState, Input> {
  return row<AlarmTarget>({
    action: `cloudwatch:${action}`,
    type: 'alarm',
    on: (input, { account, region }) =>
      namesOf(input).map((name) => ({ resource: alarmArn({ account, region, name }), name })),
    keys: {
      'aws:ResourceTag/*': ({ target, call, state }) => state.alarmStore.find(call, target.name)?.tags,
      ...keys,
    },
  });
}

/** One action that has no resource. */
export const onAnything = <Input>(row: CloudWatchRow<Input>, action: string): AccessRow<CloudWatchState, Input> =>
  row({ action: `cloudwatch:${action}`, on: anything });
