import { busAccess } from '../access.js';
import { parseBusName } from '../buses/bus-name.js';
import { busOutput } from '../buses/bus-output.js';
import { BUS, eventsOperation } from '../service-state.js';

export const describeEventBus = eventsOperation({
  name: 'DescribeEventBus',
  limits: { Name: BUS },
  parse: ({ Name }, scope) => ({ bus: parseBusName(Name, scope) }),
  access: (row) => [busAccess(row, 'DescribeEventBus')],
  handle: ({ bus }, _call, { bridge: { buses } }) => {
    const { deadLetterArn, ...record } = buses.get(bus);
    return { ...busOutput(record), DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn } };
  },
});
