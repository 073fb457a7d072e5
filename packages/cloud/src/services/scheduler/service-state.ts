import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import { groupArn, type ScheduleName, scheduleArn } from './schedules/schedule-record.js';
import type { Schedules } from './schedules/schedules.js';

/** The state that the operations of EventBridge Scheduler share. */
export interface SchedulerState {
  readonly context: CloudContext;
  readonly schedules: Schedules;
}

/** An operation of EventBridge Scheduler. */
export const schedulerOperation = operationsOf<SchedulerState, 'scheduler'>('scheduler');

/** One action on the schedule that the input names. The tags of a schedule are those of its group. */
export function onSchedule<Input extends { readonly schedule: ScheduleName }>(
  row: RowMaker<SchedulerState, Input>,
  action: string,
): AccessRow<SchedulerState, Input> {
  return row({
    action: `scheduler:${action}`,
    type: 'schedule',
    on: ({ schedule }) => ({ resource: scheduleArn(schedule) }),
    keys: {
      'aws:ResourceTag/*': ({ input, state }) => state.schedules.findGroup(input.schedule, input.schedule.group)?.tags,
    },
  });
}

interface GroupTarget extends Target {
  readonly name: string;
}

/** One action on the group that the input names. */
export function onGroup<Input>(
  row: RowMaker<SchedulerState, Input>,
  action: string,
  nameOf: (input: Input) => string,
  keys: ConditionKeys<SchedulerState, NoInfer<Input>, GroupTarget> = {},
): AccessRow<SchedulerState, Input> {
  return row<GroupTarget>({
    action: `scheduler:${action}`,
    type: 'schedule-group',
    on: (input, { account, region }) => {
      const name = nameOf(input);
      return { resource: groupArn({ account, region, name }), name };
    },
    keys: {
      'aws:ResourceTag/*': ({ target, call, state }) => state.schedules.findGroup(call, target.name)?.tags,
      ...keys,
    },
  });
}
