import { dynamoDbOperation } from '../service-state.js';

/** The address clients that discover endpoints come back to: the one they came by. */
export const describeEndpoints = dynamoDbOperation({
  name: 'DescribeEndpoints',
  parse: () => ({}),
  access: () => [],
  handle: (_input, _call, state) => ({
    Endpoints: [{ Address: new URL(state.endpoint()).host, CachePeriodInMinutes: 1440 }],
  }),
});
