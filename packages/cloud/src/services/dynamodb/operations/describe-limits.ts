import { anyAccess } from '../access.js';
import { dynamoDbOperation } from '../service-state.js';

/** The quotas of a new account. The local cloud does not throttle, so they bind nobody. */
export const describeLimits = dynamoDbOperation({
  name: 'DescribeLimits',
  parse: () => ({}),
  access: (row) => [anyAccess(row, 'DescribeLimits')],
  handle: () => ({
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  }),
});
