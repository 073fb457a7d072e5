import { type AccessRow, anything, type ConditionKeys, type RowMaker, type Tags } from '../../core/access.js';
import { type BusName, busArn, parseBusArn } from './buses/bus-name.js';
import { parseRuleArn, type RuleName, ruleArn } from './rules/rule-name.js';
import type { EventsState } from './service-state.js';

type EventsRow<Input> = RowMaker<EventsState, Input>;
type EventsKeys<Input> = ConditionKeys<EventsState, Input>;

/** The tags of the rule or bus with an ARN; undefined if there is none. */
export function tagsAt(arn: string, { bridge: { buses, rules } }: EventsState): Tags | undefined {
  const rule = parseRuleArn(arn);
  if (rule) return rules.find(rule)?.tags;
  const bus = parseBusArn(arn);
  return bus && buses.find(bus)?.tags;
}

const resourceTags: EventsKeys<unknown> = {
  'aws:ResourceTag/*': ({ target, state }) => tagsAt(target.resource, state),
};

/** Rules of this cloud belong to those who made them: none is managed by a service (`events:ManagedBy`). */
const ruleKeys: EventsKeys<unknown> = {
  ...resourceTags,
  'events:creatorAccount': ({ call }) => call.account,
};

/** One action on the rule that the input names. */
export function ruleAccess<Input extends { readonly rule: RuleName }>(
  row: EventsRow<Input>,
  action: string,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'rule-on-default-event-bus',
    on: ({ rule }) => ({ resource: ruleArn(rule) }),
    keys: { ...ruleKeys, ...keys },
  });
}

/** One action on the bus that the input names. */
export function busAccess<Input extends { readonly bus: BusName }>(
  row: EventsRow<Input>,
  action: string,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'event-bus',
    on: ({ bus }) => ({ resource: busArn(bus) }),
    keys: { ...resourceTags, ...keys },
  });
}

/** One action on what an ARN is of, a rule or a bus. */
export function taggedAccess<Input>(
  row: EventsRow<Input>,
  action: string,
  arnOf: (input: Input) => string | undefined,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'event-bus',
    on: (input) => {
      const resource = arnOf(input);
      return resource === undefined ? undefined : { resource };
    },
    keys: { ...ruleKeys, ...keys },
  });
}

/** One action on a resource that has neither tags nor a policy: an archive, a replay, a connection. */
export const namedAccess = <Input>(
  row: EventsRow<Input>,
  action: string,
  type: string,
  arnOf: (input: Input) => string,
) => row({ action: `events:${action}`, type, on: (input) => ({ resource: arnOf(input) }) });

/** For actions that EventBridge does not limit to a rule or bus. */
export const anyAccess = <Input>(row: EventsRow<Input>, action: string) =>
  row({ action: `events:${action}`, on: anything });
