import { requestTags } from '../../../core/access.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { busAccess, taggedAccess } from '../access.js';
import { busArn } from '../buses/bus-name.js';
import { alreadyExists, refuseMembers } from '../events-error.js';
import { DESCRIPTION, eventsOperation, NEW_BUS_NAME, TAGS } from '../service-state.js';
import { EVENT_TAGS } from './tagging.js';

export const createEventBus = eventsOperation({
  name: 'CreateEventBus',
  limits: { Name: NEW_BUS_NAME, Description: DESCRIPTION, Tags: TAGS },
  parse: (input, { account, region }) => {
    refuseMembers(input, ['Name', 'Description', 'DeadLetterConfig', 'Tags'], 'an event bus');
    const { Name: name, Description: description, DeadLetterConfig } = input;
    const tags = fromTagList(input.Tags);
    return { bus: { account, region, name }, description, deadLetterArn: DeadLetterConfig?.Arn, tags };
  },
  access: (row) => [
    busAccess(
      row,
      'CreateEventBus',
      requestTags(({ tags }) => tags),
    ),
    taggedAccess(
      row,
      'TagResource',
      ({ bus, tags }) => (Object.keys(tags).length > 0 ? busArn(bus) : undefined),
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ bus, description, deadLetterArn, tags }, call, { context, bridge: { buses } }) => {
    if (buses.find(bus)) throw alreadyExists(`Event bus ${bus.name} already exists.`);
    const all = withTags({}, tags, EVENT_TAGS, call);
    const now = context.now();
    await buses.put({ ...bus, description, deadLetterArn, statements: [], tags: all, created: now, modified: now });
    const DeadLetterConfig = deadLetterArn === undefined ? undefined : { Arn: deadLetterArn };
    return { EventBusArn: busArn(bus), Description: description, DeadLetterConfig };
  },
});
