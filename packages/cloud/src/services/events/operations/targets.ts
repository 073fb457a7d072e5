import { passRole } from '../../../iam/index.js';
import { ruleAccess } from '../access.js';
import { EVENTS } from '../deliveries/target-call.js';
import { limitExceeded, unsupported } from '../events-error.js';
import { page } from '../pages.js';
import { ruleArn, ruleOn } from '../rules/rule-name.js';
import { BUS, eventsOperation, NAME, PAGE } from '../service-state.js';
import { parseDestination } from '../targets/destination.js';
import { checkRole, checkTarget, TARGETS } from '../targets/target-check.js';

/** Targets of a rule. */
const MAX_TARGETS = 5;

export const putTargets = eventsOperation({
  name: 'PutTargets',
  limits: { Rule: NAME, EventBusName: BUS, Targets: TARGETS },
  parse: ({ Rule, EventBusName, Targets: targets }, scope) => {
    for (const target of targets) checkTarget(target);
    return { rule: ruleOn(EventBusName, Rule, scope), targets };
  },
  access: (row) => [
    ruleAccess(row, 'PutTargets', { 'events:TargetArn': ({ input }) => input.targets.map(({ Arn }) => Arn) }),
    passRole(row, {
      service: EVENTS,
      roleOf: ({ targets }) => targets.flatMap(({ RoleArn }) => RoleArn ?? []),
      store: ({ context }) => context.store,
      associated: ({ rule }) => ruleArn(rule),
    }),
  ],
  handle: async ({ rule: name, targets }, _call, { context, bridge: { rules } }) => {
    const rule = rules.get(name);
    for (const target of targets) {
      checkRole(target, rule.roleArn);
      const service = parseDestination(target.Arn)?.service ?? '';
      if (!context.services.has(service)) throw unsupported(`targets of ${service}: ${target.Arn}`);
    }
    const byId = new Map([...rule.targets, ...targets].map((target) => [target.Id, target]));
    if (byId.size > MAX_TARGETS) throw limitExceeded();
    await rules.put({ ...rule, targets: [...byId.values()] });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const removeTargets = eventsOperation({
  name: 'RemoveTargets',
  limits: { Rule: NAME, EventBusName: BUS, Ids: { min: 1, max: 100 } },
  parse: ({ Rule, EventBusName, Ids: ids }, scope) => ({ rule: ruleOn(EventBusName, Rule, scope), ids }),
  access: (row) => [ruleAccess(row, 'RemoveTargets')],
  handle: async ({ rule: name, ids }, _call, { bridge: { rules } }) => {
    const rule = rules.get(name);
    await rules.put({ ...rule, targets: rule.targets.filter(({ Id }) => !ids.includes(Id)) });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const listTargetsByRule = eventsOperation({
  name: 'ListTargetsByRule',
  limits: { Rule: NAME, EventBusName: BUS, Limit: PAGE },
  parse: ({ Rule, EventBusName, ...pages }, scope) => ({ rule: ruleOn(EventBusName, Rule, scope), pages }),
  access: (row) => [ruleAccess(row, 'ListTargetsByRule')],
  handle: ({ rule, pages }, _call, { bridge: { rules } }) => {
    const sorted = [...rules.get(rule).targets].sort((a, b) => (a.Id < b.Id ? -1 : 1));
    const { items, next } = page(sorted, ({ Id }) => Id, { ...pages, ...rule }, 'ListTargetsByRule');
    return { Targets: items, NextToken: next };
  },
});
