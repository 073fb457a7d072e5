import { InputReader } from '../../../core/input-reader.js';
import { eventsOperation, readRuleName, ruleAccess, ruleOf } from '../service-state.js';

export const removeTargets = eventsOperation({
  name: 'RemoveTargets',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { ...readRuleName(input, 'Rule'), ids: input.texts('Ids') ?? [] };
    input.check();
    return parsed;
  },
  access: (row) => [ruleAccess(row, 'RemoveTargets')],
  handle: async (input, call, { bridge: { rules } }) => {
    const rule = rules.get(ruleOf(input, call));
    await rules.put({ ...rule, targets: rule.targets.filter(({ Id }) => !input.ids.includes(Id)) });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});
