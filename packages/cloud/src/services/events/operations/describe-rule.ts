import { ruleSummary } from '../rule-summary.js';
import { eventsOperation, readRule, ruleAccess, ruleOf } from '../service-state.js';

export const describeRule = eventsOperation({
  name: 'DescribeRule',
  parse: readRule,
  access: (row) => [ruleAccess(row, 'DescribeRule')],
  handle: (input, call, { bridge: { rules } }) => {
    const rule = rules.get(ruleOf(input, call));
    return { ...ruleSummary(rule), CreatedBy: rule.account };
  },
});
