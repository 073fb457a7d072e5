import { InputReader } from '../../../core/input-reader.js';
import { busSummary } from '../bus-summary.js';
import { pageOf, readPage } from '../page.js';
import { anyAccess, eventsOperation } from '../service-state.js';

export const listEventBuses = eventsOperation({
  name: 'ListEventBuses',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { prefix: input.text('NamePrefix') ?? '', page: readPage(input) };
    input.check();
    return parsed;
  },
  access: (row) => [anyAccess(row, 'ListEventBuses')],
  handle: ({ prefix, page: wanted }, call, { bridge: { buses } }) => {
    const found = buses.list(call).filter(({ name }) => name.startsWith(prefix));
    const { page, token } = pageOf(found, ({ name }) => name, wanted);
    return { EventBuses: page.map(busSummary), ...token };
  },
});
