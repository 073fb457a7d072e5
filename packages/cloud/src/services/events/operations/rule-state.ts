import type { Call } from '../../../core/operation.js';
import { type EventsState, eventsOperation, type NamedRule, readRule, ruleAccess, ruleOf } from '../service-state.js';

const setEnabled =
  (enabled: boolean) =>
  async (input: NamedRule, call: Call, { context, bridge: { rules } }: EventsState): Promise<void> => {
    const rule = rules.get(ruleOf(input, call));
    if (rule.enabled !== enabled) await rules.put({ ...rule, enabled, since: context.now() });
  };

export const enableRule = eventsOperation({
  name: 'EnableRule',
  parse: readRule,
  access: (row) => [ruleAccess(row, 'EnableRule')],
  handle: setEnabled(true),
});

export const disableRule = eventsOperation({
  name: 'DisableRule',
  parse: readRule,
  access: (row) => [ruleAccess(row, 'DisableRule')],
  handle: setEnabled(false),
});
