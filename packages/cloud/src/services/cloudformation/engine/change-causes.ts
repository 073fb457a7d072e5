import type { ChangeCause } from '../stack/change-set.js';
import type { StackDefinition } from '../stack/stack.js';
import { type Json, own } from '../template/json.js';
import type { ParameterValue } from '../template/parameters.js';
import { references } from '../template/references.js';
import type { Template } from '../template/template.js';

/** The effect of a change set on a resource that others refer to. */
export type ResourceFate = 'replaced' | 'perhaps replaced' | 'modified';

/** The inputs of a template's expressions that differ: parameters, and resources that are changed before. */
export interface Surroundings {
  readonly parameters: ReadonlySet<string>;
  readonly fates: ReadonlyMap<string, ResourceFate>;
  readonly condition: (name: string) => boolean;
}

/** The parameters whose values a definition changes. Of another type, a parameter is as it was if it is given the same. */
export function changedParameters(
  template: Pick<Template, 'parameters'>,
  definition: StackDefinition,
  previous: { readonly template: Pick<Template, 'parameters'>; readonly definition: StackDefinition } | undefined,
): ReadonlySet<string> {
  if (!previous) return new Set();
  const before = new Map(previous.definition.parameters.map((one) => [one.key, one]));
  const isChanged = (now: ParameterValue): boolean => {
    const declared = own(template.parameters, now.key);
    const was = before.get(now.key);
    if (!declared || !was) return declared !== undefined;
    const sameType = own(previous.template.parameters, now.key)?.type === declared.type;
    return sameType ? (was.resolvedValue ?? was.value) !== (now.resolvedValue ?? now.value) : was.value !== now.value;
  };
  return new Set(definition.parameters.filter(isChanged).map(({ key }) => key));
}

/**
 * The parameters and resources because of which an expression has, or may have, another value than before. An attribute
 * of a resource that is changed in place may change with it; its `Ref` does not.
 */
export function causesOf(expression: Json, { parameters, fates, condition }: Surroundings): readonly ChangeCause[] {
  const causes = new Map<string, ChangeCause>();
  for (const { name, attribute } of references(expression, condition)) {
    if (attribute === undefined && parameters.has(name)) {
      causes.set(name, { entity: name, source: 'ParameterReference', evaluation: 'Static' });
      continue;
    }
    const fate = fates.get(name);
    if (fate === undefined || (attribute === undefined && fate === 'modified')) continue;
    const entity = attribute === undefined ? name : `${name}.${attribute}`;
    causes.set(entity, {
      entity,
      source: attribute === undefined ? 'ResourceReference' : 'ResourceAttribute',
      evaluation: fate === 'replaced' ? 'Static' : 'Dynamic',
    });
  }
  return [...causes.values()];
}
