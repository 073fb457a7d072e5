import type { Scope } from '../../../core/operation.js';
import type { RefusedValue } from '../../../core/refused-value.js';
import { isUnknown } from '../template/evaluate.js';
import { isList, isMap, type Json, type JsonMap, own } from '../template/json.js';

/**
 * The values of a resource that its type refuses, each as `Path value: why`. Values that only a deployment makes known
 * are not looked at.
 */
export function refusedValues(rules: readonly RefusedValue[], properties: JsonMap, scope: Scope): readonly string[] {
  return rules.flatMap(({ path, when = () => true, why }) =>
    valuesAt(properties, path.split('.'))
      .filter((value) => value !== null && !isUnknown(value) && when(value, scope))
      .map((value) => `${path.replaceAll('[]', '')}${shown(value)}: ${why}`),
  );
}

function shown(value: Json): string {
  return isMap(value) || isList(value) ? '' : ` ${String(value)}`;
}

function valuesAt(value: Json, steps: readonly string[]): readonly Json[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  const inner = isMap(value) ? own(value, step.replace('[]', '')) : undefined;
  if (inner === undefined) return [];
  const values = step.endsWith('[]') ? (isList(inner) ? inner : []) : [inner];
  return values.flatMap((each) => valuesAt(each, rest));
}
