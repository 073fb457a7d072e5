import type { Scope } from '../../../core/operation.js';
import { type RuleName, ruleOn } from '../rules/rule-name.js';
import { BUS, NAME } from '../service-state.js';

/** The limits and the parser of operations that have nothing but a rule's name. */
export const namedRule = {
  limits: { Name: NAME, EventBusName: BUS },
  parse: (
    { Name, EventBusName }: { readonly Name: string; readonly EventBusName?: string | undefined },
    scope: Scope,
  ): { readonly rule: RuleName } => ({ rule: ruleOn(EventBusName, Name, scope) }),
};
