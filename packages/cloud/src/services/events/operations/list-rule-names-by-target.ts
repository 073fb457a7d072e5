import { anyAccess } from '../access.js';
import { parseBusName } from '../buses/bus-name.js';
import { page } from '../pages.js';
import { BUS, eventsOperation, PAGE } from '../service-state.js';

export const listRuleNamesByTarget = eventsOperation({
  name: 'ListRuleNamesByTarget',
  limits: { TargetArn: { min: 1, max: 1600 }, EventBusName: BUS, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListRuleNamesByTarget')],
  handle: (input, call, { bridge: { buses, rules } }) => {
    const bus = parseBusName(input.EventBusName, call);
    buses.get(bus);
    const names = rules
      .list(bus)
      .filter((rule) => rule.bus === bus.name && rule.targets.some(({ Arn }) => Arn === input.TargetArn))
      .map(({ name }) => name);
    const { items, next } = page(names, (name) => name, input, 'ListRuleNamesByTarget');
    return { RuleNames: items, NextToken: next };
  },
});
