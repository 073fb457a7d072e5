import { ruleAccess } from '../access.js';
import { ruleOutput } from '../rules/rule-output.js';
import { eventsOperation } from '../service-state.js';
import { namedRule } from './named-rule.js';

export const describeRule = eventsOperation({
  name: 'DescribeRule',
  ...namedRule,
  access: (row) => [ruleAccess(row, 'DescribeRule')],
  handle: ({ rule }, _call, { bridge: { rules } }) => ({ ...ruleOutput(rules.get(rule)), CreatedBy: rule.account }),
});
