import { ruleArn } from './rule-name.js';
import type { RuleRecord } from './rule-store.js';

/** A rule as ListRules gives it. */
export function ruleOutput(rule: RuleRecord) {
  return {
    Name: rule.name,
    Arn: ruleArn(rule),
    EventBusName: rule.bus,
    State: rule.enabled ? ('ENABLED' as const) : ('DISABLED' as const),
    Description: rule.description,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    RoleArn: rule.roleArn,
  };
}
