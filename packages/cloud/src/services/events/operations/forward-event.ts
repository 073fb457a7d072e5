import { operation } from '../../../core/operation.js';
import { tagsAt } from '../access.js';
import type { BusEvent } from '../buses/bus-event.js';
import { type BusName, busArn } from '../buses/bus-name.js';
import { busPolicy } from '../buses/bus-policy.js';
import type { EventsState } from '../service-state.js';

interface Forwarded {
  readonly bus: BusName;
  readonly event: BusEvent;
  readonly trace?: string | undefined;
}

/**
 * Puts an event of one bus on another as it is, for a rule that has the other as its target.
 */
export const forwardEvent = operation<EventsState>()({
  name: 'ForwardEvent',
  internal: true,
  parse: (forwarded) => forwarded as Forwarded,
  access: (row) => [
    row({
      action: 'events:PutEvents',
      type: 'event-bus',
      on: ({ bus }, _call, { bridge }) => ({
        resource: busArn(bus),
        resourcePolicy: async () => {
          const record = bridge.buses.find(bus);
          return record && busPolicy(record);
        },
      }),
      keys: {
        'aws:ResourceTag/*': ({ target, state }) => tagsAt(target.resource, state),
        'events:source': ({ input }) => input.event.source,
        'events:detail-type': ({ input }) => input.event['detail-type'],
        'events:eventBusInvocation': () => 'true',
      },
    }),
  ],
  handle: async ({ bus, event, trace }, _call, { bridge }) => {
    bridge.buses.get(bus);
    await bridge.put(bus, event, { isForwarded: true, trace });
  },
});
