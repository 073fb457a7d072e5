import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { passRole } from '../../../iam/index.js';
import { pageOf } from '../../../kit/page.js';
import type { Input } from '../../../model/client-types.js';
import { conflict, invalid, invalidToken } from '../scheduler-error.js';
import { parseTiming } from '../schedules/expression.js';
import { DEFAULT_GROUP, type ScheduleName, type ScheduleSettings, scheduleArn } from '../schedules/schedule-record.js';
import { onSchedule, type SchedulerState, schedulerOperation } from '../service-state.js';

const NAME = { min: 1, max: 64, pattern: /[0-9a-zA-Z-_.]+/ };
const SETTINGS_LIMITS = {
  Name: NAME,
  GroupName: NAME,
  ScheduleExpression: { min: 1, max: 256 },
  ScheduleExpressionTimezone: { min: 1, max: 50 },
  Description: { max: 512 },
  State: { values: ['ENABLED', 'DISABLED'] },
  ActionAfterCompletion: { values: ['NONE', 'DELETE'] },
};

interface Named {
  readonly Name: string;
  readonly GroupName?: string | undefined;
}

const nameOf = ({ Name, GroupName }: Named, { account, region }: Scope): ScheduleName => ({
  account,
  region,
  group: GroupName ?? DEFAULT_GROUP,
  name: Name,
});

/** @throws AwsError ValidationException */
function readSettings(input: Input<'scheduler', 'UpdateSchedule'>): ScheduleSettings {
  const { Name: _, GroupName: __, ClientToken: ___, ...settings } = input;
  parseTiming(settings.ScheduleExpression, settings.ScheduleExpressionTimezone);
  const { Mode, MaximumWindowInMinutes } = settings.FlexibleTimeWindow;
  if (Mode === 'FLEXIBLE' && MaximumWindowInMinutes === undefined) {
    throw invalid('Flexible time window must specify a maximum window in minutes.');
  }
  if (settings.Target.Input !== undefined) checkInput(settings.Target.Arn, settings.Target.Input);
  return settings;
}

/** Functions and the like get JSON. @throws AwsError ValidationException */
function checkInput(arn: string, input: string): void {
  if (!arn.includes(':lambda:') && !arn.includes(':aws-sdk:')) return;
  try {
    JSON.parse(input.replace(/<aws\.scheduler\.attempt-number>/g, '1'));
  } catch {
    throw invalid('Invalid JSON in the input of the target.');
  }
}

async function checkRole(
  schedule: ScheduleName,
  { Target }: ScheduleSettings,
  { schedules }: SchedulerState,
): Promise<void> {
  try {
    await schedules.executions.checkRole(schedule, Target.RoleArn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
}

export const createSchedule = schedulerOperation({
  name: 'CreateSchedule',
  limits: SETTINGS_LIMITS,
  parse: (input, scope) => ({ schedule: nameOf(input, scope), settings: readSettings(input) }),
  access: (row) => [
    onSchedule(row, 'CreateSchedule'),
    passRole(row, {
      service: 'scheduler.amazonaws.com',
      roleOf: ({ settings }) => settings.Target.RoleArn,
      store: ({ context }) => context.store,
    }),
  ],
  handle: async ({ schedule, settings }, _call, state) => {
    const { schedules } = state;
    schedules.getGroup(schedule, schedule.group);
    if (schedules.find(schedule)) throw conflict(`Schedule ${schedule.name} already exists.`);
    await checkRole(schedule, settings, state);
    const { now } = schedules;
    await schedules.put({ ...schedule, settings, created: now, modified: now });
    return { ScheduleArn: scheduleArn(schedule) };
  },
});

export const updateSchedule = schedulerOperation({
  name: 'UpdateSchedule',
  limits: SETTINGS_LIMITS,
  parse: (input, scope) => ({ schedule: nameOf(input, scope), settings: readSettings(input) }),
  access: (row) => [
    onSchedule(row, 'UpdateSchedule'),
    passRole(row, {
      service: 'scheduler.amazonaws.com',
      roleOf: ({ settings }) => settings.Target.RoleArn,
      store: ({ context }) => context.store,
    }),
  ],
  handle: async ({ schedule, settings }, _call, state) => {
    const { created } = state.schedules.get(schedule);
    await checkRole(schedule, settings, state);
    await state.schedules.put({ ...schedule, settings, created, modified: state.schedules.now });
    return { ScheduleArn: scheduleArn(schedule) };
  },
});

/** Dates are text in the store. */
const dateOf = (date: Date | string | undefined): Date | undefined => (date === undefined ? undefined : new Date(date));

export const getSchedule = schedulerOperation({
  name: 'GetSchedule',
  limits: { Name: NAME, GroupName: NAME },
  parse: (input, scope) => ({ schedule: nameOf(input, scope) }),
  access: (row) => [onSchedule(row, 'GetSchedule')],
  handle: ({ schedule }, _call, { schedules }) => {
    const record = schedules.get(schedule);
    const { settings } = record;
    const { RetryPolicy = {} } = settings.Target;
    return {
      ActionAfterCompletion: 'NONE' as const,
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED' as const,
      ...settings,
      StartDate: dateOf(settings.StartDate),
      EndDate: dateOf(settings.EndDate),
      Target: {
        ...settings.Target,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...RetryPolicy },
      },
      Arn: scheduleArn(record),
      GroupName: record.group,
      Name: record.name,
      CreationDate: new Date(record.created),
      LastModificationDate: new Date(record.modified),
    };
  },
});

export const deleteSchedule = schedulerOperation({
  name: 'DeleteSchedule',
  limits: { Name: NAME, GroupName: NAME },
  parse: (input, scope) => ({ schedule: nameOf(input, scope) }),
  access: (row) => [onSchedule(row, 'DeleteSchedule')],
  handle: async ({ schedule }, _call, { schedules }) => {
    schedules.get(schedule);
    await schedules.delete(schedule);
  },
});

export const listSchedules = schedulerOperation({
  name: 'ListSchedules',
  limits: { GroupName: NAME, MaxResults: { min: 1, max: 100 } },
  access: (row) => [row({ action: 'scheduler:ListSchedules', on: anything })],
  handle: (
    { GroupName: group, NamePrefix = '', State: state, NextToken: token, MaxResults: limit = 100 },
    call,
    { schedules },
  ) => {
    const found = schedules
      .list(call)
      .filter((record) => group === undefined || record.group === group)
      .filter(({ name }) => name.startsWith(NamePrefix))
      .filter(({ settings }) => state === undefined || (settings.State ?? 'ENABLED') === state);
    const { items, next } = pageOf(found, {
      keyOf: scheduleArn,
      limit,
      token,
      of: ['ListSchedules', group, NamePrefix, state],
      refuse: invalidToken,
    });
    return {
      Schedules: items.map((record) => ({
        Arn: scheduleArn(record),
        Name: record.name,
        GroupName: record.group,
        State: record.settings.State ?? 'ENABLED',
        CreationDate: new Date(record.created),
        LastModificationDate: new Date(record.modified),
        Target: { Arn: record.settings.Target.Arn },
      })),
      NextToken: next,
    };
  },
});
