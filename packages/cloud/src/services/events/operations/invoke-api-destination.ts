import { operation } from '../../../core/operation.js';
import { namedAccess } from '../access.js';
import { type DestinationName, destinationArn } from '../connections/connection-name.js';
import { callEndpoint } from '../connections/endpoint-call.js';
import type { HttpParameters } from '../connections/endpoint-request.js';
import type { EventsState } from '../service-state.js';

interface Invocation {
  readonly destination: DestinationName;
  readonly parameters: HttpParameters;
  /** JSON. */
  readonly input: string;
}

/**
 * Sends an event to an API destination, and answers why that failed. AWS has the action and no operation for it.
 */
export const invokeApiDestination = operation<EventsState>()({
  name: 'InvokeApiDestination',
  internal: true,
  parse: (invocation) => invocation as Invocation,
  access: (row) => [
    namedAccess(row, 'InvokeApiDestination', 'api-destination', ({ destination }) => destinationArn(destination)),
  ],
  handle: ({ destination, parameters, input }, _call, { bridge: { connections } }) => {
    const found = connections.destination(destination);
    if (found) return callEndpoint(found.destination, found.connection, parameters, input);
    return { code: 'NO_RESOURCE', message: `there is no ${destinationArn(destination)}`, retriable: false };
  },
});
