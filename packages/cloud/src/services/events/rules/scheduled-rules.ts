import type { PlannedSchedule } from '../../../kit/schedule/schedule-clock.js';
import { ruleArn } from './rule-name.js';
import type { Rule, RuleRecord } from './rule-store.js';

/** The enabled rules with a schedule. Times that were due while nothing ran are skipped. */
export function* scheduledRules(rules: Iterable<Rule>): Iterable<PlannedSchedule<RuleRecord>> {
  for (const { record, schedule } of rules) {
    if (!record.enabled || schedule === undefined) continue;
    yield {
      arn: ruleArn(record),
      item: record,
      version: `${record.since} ${record.schedule}`,
      next: (now) => schedule.next(now, record.since),
    };
  }
}
