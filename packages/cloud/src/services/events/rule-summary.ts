import { ruleArn } from './rule-name.js';
import type { RuleRecord } from './rule-store.js';

/** A rule as ListRules gives it. */
export function ruleSummary(rule: RuleRecord) {
  const { name, bus, description, pattern, schedule, enabled } = rule;
  return {
    Name: name,
    Arn: ruleArn(rule),
    EventBusName: bus,
    State: enabled ? 'ENABLED' : 'DISABLED',
    ...(description !== undefined && { Description: description }),
    ...(pattern !== undefined && { EventPattern: pattern }),
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
  };
}
