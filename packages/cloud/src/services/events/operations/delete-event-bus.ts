import { busAccess } from '../access.js';
import { DEFAULT_BUS, parseBusName } from '../buses/bus-name.js';
import { invalid } from '../events-error.js';
import { BUS_NAME, eventsOperation } from '../service-state.js';

export const deleteEventBus = eventsOperation({
  name: 'DeleteEventBus',
  limits: { Name: BUS_NAME },
  parse: ({ Name }, scope) => ({ bus: parseBusName(Name, scope) }),
  access: (row) => [busAccess(row, 'DeleteEventBus')],
  handle: async ({ bus }, _call, { bridge: { buses, rules } }) => {
    if (bus.name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
    if (rules.on(bus).length > 0) throw invalid("Event bus can't be deleted since it has rules.");
    await buses.delete(bus);
  },
});
