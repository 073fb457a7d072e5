import { type AccessRow, anything, type ConditionKeys, type RowMaker, type Tags } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { InputReader } from '../../core/input-reader.js';
import { type Call, operation, type Scope } from '../../core/operation.js';
import { busArn, parseBusArn, parseBusName } from './bus-name.js';
import type { EventBridge } from './event-bridge.js';
import { parseRuleArn, type RuleName, ruleArn } from './rule-name.js';

/** The state that the operations of EventBridge share. */
export interface EventsState {
  readonly context: CloudContext;
  readonly bridge: EventBridge;
}

/** An operation of EventBridge. */
export const eventsOperation = operation<EventsState>();

/** The names of a rule and of its bus, as callers give them. */
export interface NamedRule {
  readonly name: string;
  readonly bus: string | undefined;
}

const RULE = { pattern: /^[.\-_A-Za-z0-9]+$/, max: 64 };

/** @param member what the operation calls the rule: `Name` or `Rule` */
export function readRuleName(input: InputReader, member = 'Name'): NamedRule {
  return { name: input.requiredText(member, RULE), bus: input.text('EventBusName') };
}

/** The input of an operation that has nothing but a rule's name. */
export function readRule(raw: unknown): NamedRule {
  const input = new InputReader(raw);
  const rule = readRuleName(input);
  input.check();
  return rule;
}

/** The rule that a caller means. @throws AwsError ValidationException */
export function ruleOf({ name, bus }: NamedRule, scope: Scope): RuleName {
  const { account, region, name: busName } = parseBusName(bus, scope);
  return { account, region, bus: busName, name };
}

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
export function ruleAccess<Input extends NamedRule>(
  row: EventsRow<Input>,
  action: string,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'rule-on-default-event-bus',
    on: (rule, call) => ({ resource: ruleArn(ruleOf(rule, call)) }),
    keys: { ...ruleKeys, ...keys },
  });
}

/** One action on the bus that the input names. */
export function busAccess<Input extends { readonly name?: string | undefined }>(
  row: EventsRow<Input>,
  action: string,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'event-bus',
    on: ({ name }, call) => ({ resource: busArn(parseBusName(name, call)) }),
    keys: { ...resourceTags, ...keys },
  });
}

/** One action on what an ARN is of, a rule or a bus. */
export function taggedAccess<Input>(
  row: EventsRow<Input>,
  action: string,
  arnOf: (input: Input, call: Call) => string | undefined,
  keys: EventsKeys<NoInfer<Input>> = {},
): AccessRow<EventsState, Input> {
  return row({
    action: `events:${action}`,
    type: 'event-bus',
    on: (input, call) => {
      const resource = arnOf(input, call);
      return resource === undefined ? undefined : { resource };
    },
    keys: { ...ruleKeys, ...keys },
  });
}

/** For actions that EventBridge does not limit to a rule or bus. */
export const anyAccess = <Input>(row: EventsRow<Input>, action: string) =>
  row({ action: `events:${action}`, on: anything });
