import { anyAccess } from '../access.js';
import { busOutput } from '../buses/bus-output.js';
import { page } from '../pages.js';
import { BUS_NAME, eventsOperation, PAGE } from '../service-state.js';

export const listEventBuses = eventsOperation({
  name: 'ListEventBuses',
  limits: { NamePrefix: BUS_NAME, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListEventBuses')],
  handle: (input, call, { bridge: { buses } }) => {
    const found = buses.list(call).filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    const { items, next } = page(found, ({ name }) => name, input, 'ListEventBuses');
    return { EventBuses: items.map(busOutput), NextToken: next };
  },
});
