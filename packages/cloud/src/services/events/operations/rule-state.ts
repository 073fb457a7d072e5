import type { Call } from '../../../core/operation.js';
import { ruleAccess } from '../access.js';
import type { RuleName } from '../rules/rule-name.js';
import { type EventsState, eventsOperation } from '../service-state.js';
import { namedRule } from './named-rule.js';

const setEnabled =
  (enabled: boolean) =>
  async ({ rule: name }: { readonly rule: RuleName }, _call: Call, { context, bridge: { rules } }: EventsState) => {
    const rule = rules.get(name);
    if (rule.enabled !== enabled) await rules.put({ ...rule, enabled, since: context.now() });
  };

export const enableRule = eventsOperation({
  name: 'EnableRule',
  ...namedRule,
  access: (row) => [ruleAccess(row, 'EnableRule')],
  handle: setEnabled(true),
});

export const disableRule = eventsOperation({
  name: 'DisableRule',
  ...namedRule,
  access: (row) => [ruleAccess(row, 'DisableRule')],
  handle: setEnabled(false),
});
