import { InputReader } from '../../../core/input-reader.js';
import { parseBusName } from '../bus-name.js';
import { busSummary } from '../bus-summary.js';
import { busAccess, eventsOperation } from '../service-state.js';

export const describeEventBus = eventsOperation({
  name: 'DescribeEventBus',
  parse: (raw) => ({ name: new InputReader(raw).text('Name') }),
  access: (row) => [busAccess(row, 'DescribeEventBus')],
  handle: ({ name }, call, { bridge: { buses } }) => busSummary(buses.get(parseBusName(name, call))),
});
