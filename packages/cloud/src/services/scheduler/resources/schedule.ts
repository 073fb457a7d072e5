import { unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { DEFAULT_GROUP, scheduleArn } from '../schedules/schedule-record.js';

const LONGEST_NAME = 64;

interface ScheduleProperties extends Properties {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly StartDate?: string;
  readonly EndDate?: string;
}

function stateOf(
  name: string,
  { GroupName: group = DEFAULT_GROUP }: ScheduleProperties,
  { account, region }: ResourceContext,
): ResourceState {
  return { attributes: { Arn: scheduleArn({ account, region, group, name }) } };
}

function inputOf(name: string, { StartDate, EndDate, ...settings }: ScheduleProperties) {
  return {
    ...settings,
    Name: name,
    ...(StartDate !== undefined && { StartDate: new Date(StartDate) }),
    ...(EndDate !== undefined && { EndDate: new Date(EndDate) }),
  };
}

/** AWS::Scheduler::Schedule. Its physical id is its name. */
export const scheduleResource: ResourceType<ScheduleProperties> = {
  type: 'AWS::Scheduler::Schedule',
  newId: ({ Name }, { stackName, logicalId }) => {
    const end = `-${randomId.upper(12)}`;
    return Name ?? `${`${stackName}-${logicalId}`.slice(0, LONGEST_NAME - end.length)}${end}`;
  },
  create: async (name, properties, context) => {
    await context.call('scheduler', 'CreateSchedule', inputOf(name, properties), name);
    return stateOf(name, properties, context);
  },
  update: async (name, properties, _previous, context) => {
    await context.call('scheduler', 'UpdateSchedule', inputOf(name, properties));
    return stateOf(name, properties, context);
  },
  delete: (Name, { GroupName }, { call }) => unlessGone(call('scheduler', 'DeleteSchedule', { Name, GroupName })),
};
