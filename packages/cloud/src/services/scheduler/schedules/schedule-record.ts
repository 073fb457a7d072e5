import type { Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import { partitionOf } from '../../../core/partition.js';
import type { Input } from '../../../model/client-types.js';

export type ScheduleSettings = Omit<Input<'scheduler', 'UpdateSchedule'>, 'Name' | 'GroupName' | 'ClientToken'>;
export type Target = ScheduleSettings['Target'];

/** Which schedule of an account and region. */
export interface ScheduleName extends Scope {
  readonly group: string;
  readonly name: string;
}

export interface ScheduleRecord extends ScheduleName {
  readonly settings: ScheduleSettings;
  /** Epoch milliseconds, like all that follow. */
  readonly created: number;
  readonly modified: number;
  /** When it fired last. */
  readonly fired?: number | undefined;
}

export interface GroupRecord extends Scope {
  readonly name: string;
  readonly tags: Tags;
  readonly created: number;
  readonly modified: number;
}

export const DEFAULT_GROUP = 'default';

const arnOf = ({ account, region }: Scope, resource: string): string =>
  `arn:${partitionOf(region).name}:scheduler:${region}:${account}:${resource}`;

export const scheduleArn = (schedule: ScheduleName): string =>
  arnOf(schedule, `schedule/${schedule.group}/${schedule.name}`);
export const groupArn = (group: Scope & { readonly name: string }): string =>
  arnOf(group, `schedule-group/${group.name}`);
