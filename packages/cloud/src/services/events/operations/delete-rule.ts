import { invalid } from '../events-error.js';
import { eventsOperation, readRule, ruleAccess, ruleOf } from '../service-state.js';

export const deleteRule = eventsOperation({
  name: 'DeleteRule',
  parse: readRule,
  access: (row) => [ruleAccess(row, 'DeleteRule')],
  handle: async (input, call, { bridge: { rules } }) => {
    const name = ruleOf(input, call);
    const rule = rules.find(name);
    if (rule && rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
    await rules.delete(name);
  },
});
