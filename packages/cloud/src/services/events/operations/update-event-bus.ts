import { busAccess } from '../access.js';
import { busArn, parseBusName } from '../buses/bus-name.js';
import { refuseMembers } from '../events-error.js';
import { BUS_NAME, DESCRIPTION, eventsOperation } from '../service-state.js';

export const updateEventBus = eventsOperation({
  name: 'UpdateEventBus',
  limits: { Name: BUS_NAME, Description: DESCRIPTION },
  parse: (input, scope) => {
    refuseMembers(input, ['Name', 'Description', 'DeadLetterConfig'], 'an event bus');
    const { Name, Description: description, DeadLetterConfig } = input;
    return { bus: parseBusName(Name, scope), description, deadLetterArn: DeadLetterConfig?.Arn };
  },
  access: (row) => [busAccess(row, 'UpdateEventBus')],
  handle: async ({ bus, description, deadLetterArn }, _call, { context, bridge: { buses } }) => {
    await buses.put({ ...buses.get(bus), description, deadLetterArn, modified: context.now() });
    const DeadLetterConfig = deadLetterArn === undefined ? undefined : { Arn: deadLetterArn };
    return { Arn: busArn(bus), Name: bus.name, Description: description, DeadLetterConfig };
  },
});
