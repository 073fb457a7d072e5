import { InputReader } from '../../../core/input-reader.js';
import { parseBusName } from '../bus-name.js';
import { pageOf, readPage } from '../page.js';
import { ruleSummary } from '../rule-summary.js';
import { anyAccess, eventsOperation } from '../service-state.js';

export const listRules = eventsOperation({
  name: 'ListRules',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { prefix: input.text('NamePrefix') ?? '', bus: input.text('EventBusName'), page: readPage(input) };
    input.check();
    return parsed;
  },
  access: (row) => [anyAccess(row, 'ListRules')],
  handle: ({ prefix, bus: name, page: wanted }, call, { bridge: { buses, rules } }) => {
    const bus = parseBusName(name, call);
    buses.get(bus);
    const found = rules.on(bus).flatMap(({ record }) => (record.name.startsWith(prefix) ? [record] : []));
    const { page, token } = pageOf(found, (rule) => rule.name, wanted);
    return { Rules: page.map(ruleSummary), ...token };
  },
});
