import { InputReader } from '../../../core/input-reader.js';
import { pageOf, readPage } from '../page.js';
import { eventsOperation, readRuleName, ruleAccess, ruleOf } from '../service-state.js';

export const listTargetsByRule = eventsOperation({
  name: 'ListTargetsByRule',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { ...readRuleName(input, 'Rule'), page: readPage(input) };
    input.check();
    return parsed;
  },
  access: (row) => [ruleAccess(row, 'ListTargetsByRule')],
  handle: (input, call, { bridge: { rules } }) => {
    const { targets } = rules.get(ruleOf(input, call));
    const sorted = [...targets].sort((a, b) => (a.Id < b.Id ? -1 : 1));
    const { page, token } = pageOf(sorted, ({ Id }) => Id, input.page);
    return { Targets: page, ...token };
  },
});
