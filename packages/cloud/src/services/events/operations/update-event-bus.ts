import { InputReader } from '../../../core/input-reader.js';
import { busArn, parseBusName } from '../bus-name.js';
import { unsupported } from '../events-error.js';
import { busAccess, eventsOperation } from '../service-state.js';

const SUPPORTED = ['Name', 'Description'];

export const updateEventBus = eventsOperation({
  name: 'UpdateEventBus',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { name: input.text('Name'), description: input.text('Description', { max: 512 }) };
    input.check();
    const foreign = input.names().find((name) => !SUPPORTED.includes(name));
    if (foreign !== undefined) throw unsupported(`${foreign} of an event bus`);
    return parsed;
  },
  access: (row) => [busAccess(row, 'UpdateEventBus')],
  handle: async ({ name, description }, call, { context, bridge: { buses } }) => {
    const { description: _before, ...bus } = buses.get(parseBusName(name, call));
    const described = description === undefined ? {} : { description };
    await buses.put({ ...bus, ...described, modified: context.now() });
    return { Arn: busArn(bus), Name: bus.name, ...(description !== undefined && { Description: description }) };
  },
});
