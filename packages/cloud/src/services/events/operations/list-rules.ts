import { anyAccess } from '../access.js';
import { parseBusName } from '../buses/bus-name.js';
import { page } from '../pages.js';
import { ruleOutput } from '../rules/rule-output.js';
import { BUS, eventsOperation, NAME, PAGE } from '../service-state.js';

export const listRules = eventsOperation({
  name: 'ListRules',
  limits: { NamePrefix: NAME, EventBusName: BUS, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListRules')],
  handle: (input, call, { bridge: { buses, rules } }) => {
    const bus = parseBusName(input.EventBusName, call);
    buses.get(bus);
    const found = rules
      .list(bus)
      .filter((rule) => rule.bus === bus.name && rule.name.startsWith(input.NamePrefix ?? ''));
    const { items, next } = page(found, ({ name }) => name, input, 'ListRules');
    return { Rules: items.map(ruleOutput), NextToken: next };
  },
});
