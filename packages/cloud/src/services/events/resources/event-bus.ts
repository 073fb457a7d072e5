import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { toTagList } from '../../../kit/tags.js';
import { busArn } from '../buses/bus-name.js';
import { tagsOf, updateTags } from './resource-tags.js';

interface EventBusProperties extends Properties {
  readonly Description?: string;
  readonly Policy?: unknown;
  readonly Tags?: TagList;
}

const arnOf = (name: string, { account, region }: ResourceContext): string => busArn({ account, region, name });

async function setPolicy(name: string, policy: unknown, { call }: ResourceContext): Promise<void> {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  await call('events', 'PutPermission', { EventBusName: name, Policy: text });
}

function stateOf(name: string, context: ResourceContext): ResourceState {
  return { attributes: { Arn: arnOf(name, context), Name: name } };
}

async function update(
  name: string,
  properties: EventBusProperties,
  previous: EventBusProperties,
  context: ResourceContext,
): Promise<ResourceState> {
  const { Policy, Tags, ...settings } = properties;
  await context.call('events', 'UpdateEventBus', { ...settings, Name: name });
  if (Policy !== undefined) await setPolicy(name, Policy, context);
  else if (previous.Policy !== undefined) {
    await context.call('events', 'RemovePermission', { EventBusName: name, RemoveAllPermissions: true });
  }
  await updateTags(arnOf(name, context), stackTags(Tags, context), context);
  return stateOf(name, context);
}

/** AWS::Events::EventBus. Its physical id is its name. */
export const eventBusResource: ResourceType<EventBusProperties> = {
  type: 'AWS::Events::EventBus',
  refuses: [{ path: 'EventSourceName', why: 'there are no partner event sources here' }],
  nameProperty: 'Name',
  create: async (name, properties, context) => {
    const { Policy, Tags, ...settings } = properties;
    const tags = stackTags(Tags, context);
    try {
      await context.call('events', 'CreateEventBus', { ...settings, Name: name, Tags: toTagList(tags) }, name);
    } catch (error) {
      // A create that was cut off is taken up; anybody else's bus is not.
      if (!failedWith(error, 'ResourceAlreadyExistsException')) throw error;
      if (!isOwn(await tagsOf(arnOf(name, context), context), tags)) throw error;
      return update(name, properties, {}, context);
    }
    if (Policy !== undefined) await setPolicy(name, Policy, context);
    return stateOf(name, context);
  },
  update,
  delete: (name, _properties, context) => unlessGone(context.call('events', 'DeleteEventBus', { Name: name })),
};
