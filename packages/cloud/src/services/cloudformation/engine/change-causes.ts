import type { ChangeCause } from '../stack/change-set.js';
import type { StackDefinition } from '../stack/stack.js';
import { type Json, own, sameValue } from '../template/json.js';
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

/** The parameters whose values a definition changes. */
export function changedParameters(
  template: Template,
  definition: StackDefinition,
  previous: StackDefinition | undefined,
): ReadonlySet<string> {
  const before = new Map(previous?.parameters.map(({ key, value, resolvedValue }) => [key, resolvedValue ?? value]));
  const changed = definition.parameters.filter(
    ({ key, value, resolvedValue }) =>
      own(template.parameters, key) !== undefined && !sameValue(before.get(key), resolvedValue ?? value),
  );
  return new Set(previous ? changed.map(({ key }) => key) : []);
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
