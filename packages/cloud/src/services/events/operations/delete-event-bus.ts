import { InputReader } from '../../../core/input-reader.js';
import { DEFAULT_BUS, parseBusName } from '../bus-name.js';
import { invalid } from '../events-error.js';
import { busAccess, eventsOperation } from '../service-state.js';

export const deleteEventBus = eventsOperation({
  name: 'DeleteEventBus',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { name: input.requiredText('Name') };
    input.check();
    return parsed;
  },
  access: (row) => [busAccess(row, 'DeleteEventBus')],
  handle: async ({ name }, call, { bridge: { buses, rules } }) => {
    const bus = parseBusName(name, call);
    if (bus.name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
    if (rules.on(bus).length > 0) throw invalid("Event bus can't be deleted since it has rules.");
    await buses.delete(bus);
  },
});
