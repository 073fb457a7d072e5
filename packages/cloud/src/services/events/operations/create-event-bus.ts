import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { busArn } from '../bus-name.js';
import { unsupported } from '../events-error.js';
import { busAccess, eventsOperation, taggedAccess } from '../service-state.js';
import { checkTags, readTags } from '../tags.js';

/** A bus of one's own has no slash in its name. */
const NAME = { pattern: /^[.\-_A-Za-z0-9]+$/, max: 256 };
const SUPPORTED = ['Name', 'Description', 'Tags'];

export const createEventBus = eventsOperation({
  name: 'CreateEventBus',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      name: input.requiredText('Name', NAME),
      description: input.text('Description', { max: 512 }),
      tags: readTags(input),
    };
    input.check();
    const foreign = input.names().find((name) => !SUPPORTED.includes(name));
    if (foreign !== undefined) throw unsupported(`${foreign} of an event bus`);
    return parsed;
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
      ({ name, tags }, call) => (Object.keys(tags).length > 0 ? busArn({ ...call, name }) : undefined),
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ name, description, tags }, call, { context, bridge: { buses } }) => {
    const bus = { account: call.account, region: call.region, name };
    if (buses.find(bus)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    checkTags(tags, call);
    const created = context.now();
    const described = description === undefined ? {} : { description };
    await buses.put({ ...bus, ...described, statements: [], tags, created, modified: created });
    return { EventBusArn: busArn(bus), ...(description !== undefined && { Description: description }) };
  },
});
