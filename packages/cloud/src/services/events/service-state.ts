import type { CloudContext } from '../../core/cloud.js';
import { InputReader } from '../../core/input-reader.js';
import { type Access, type Call, operation, type Scope } from '../../core/operation.js';
import { type BusName, busArn, parseBusName } from './bus-name.js';
import type { EventBridge } from './event-bridge.js';
import { type RuleName, ruleArn } from './rule-name.js';

/** What the operations of EventBridge share. */
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

/** Leave for one action on the rule that the input names. */
export function ruleAccess(action: string) {
  return (rule: NamedRule, call: Call): readonly Access[] => [
    {
      action: `events:${action}`,
      resource: ruleArn(ruleOf(rule, call)),
      context: { 'events:creatorAccount': call.account },
    },
  ];
}

/** Leave for one action on a bus. */
export function busAccess(action: string, bus: BusName): Access {
  return { action: `events:${action}`, resource: busArn(bus) };
}
