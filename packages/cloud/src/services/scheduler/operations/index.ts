import type { Operation } from '../../../core/operation.js';
import type { SchedulerState } from '../service-state.js';
import {
  createScheduleGroup,
  deleteScheduleGroup,
  getScheduleGroup,
  groupTagging,
  listScheduleGroups,
} from './groups.js';
import { createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule } from './schedules.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<SchedulerState, any, any>[] = [
  createSchedule,
  createScheduleGroup,
  deleteSchedule,
  deleteScheduleGroup,
  getSchedule,
  getScheduleGroup,
  listScheduleGroups,
  listSchedules,
  updateSchedule,
  ...groupTagging,
];
