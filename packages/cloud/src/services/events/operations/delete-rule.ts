import { ruleAccess } from '../access.js';
import { invalid } from '../events-error.js';
import { eventsOperation } from '../service-state.js';
import { namedRule } from './named-rule.js';

export const deleteRule = eventsOperation({
  name: 'DeleteRule',
  ...namedRule,
  access: (row) => [ruleAccess(row, 'DeleteRule')],
  handle: async ({ rule }, _call, { bridge: { rules } }) => {
    if ((rules.find(rule)?.targets.length ?? 0) > 0) throw invalid("Rule can't be deleted since it has targets.");
    await rules.delete(rule);
  },
});
