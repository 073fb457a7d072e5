import { type Evaluation, evaluate, evaluateCondition, functionCall, isUnknown } from './evaluate.js';
import type { Json, JsonMap } from './json.js';
import { own, textOf } from './json.js';
import { validationError } from './template-error.js';

/** Looks conditions up by name and remembers their values. @throws AwsError where one is undeclared or refers to itself */
export function conditionLookup(
  conditions: JsonMap,
  visible: Pick<Evaluation, 'values' | 'mappings'>,
): (name: string) => boolean {
  const values = new Map<string, boolean | undefined>();
  const evaluation: Evaluation = {
    ...visible,
    condition,
    resource: (logicalId) => {
      throw validationError(
        `Template format error: Unresolved dependencies [${logicalId}]. Cannot reference resources in the Conditions block of the template`,
      );
    },
    importValue: () => {
      throw validationError(
        'Template format error: Fn::ImportValue cannot be used in the Conditions block of the template',
      );
    },
  };
  function condition(name: string): boolean {
    const declared = own(conditions, name);
    if (declared === undefined) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${name} in the Resources block of the template`,
      );
    }
    if (values.has(name)) {
      const value = values.get(name);
      if (value === undefined)
        throw validationError(
          `Template format error: Found circular condition dependency between Conditions [${name}]`,
        );
      return value;
    }
    values.set(name, undefined);
    const value = conditionValue(declared, evaluation);
    values.set(name, value);
    return value;
  }
  return condition;
}

function conditionValue(declared: Json, evaluation: Evaluation): boolean {
  const call = functionCall(declared);
  if (!call)
    throw validationError(
      'Template format error: Conditions can only be boolean operations on parameters and other conditions',
    );
  if (call[0] === 'Condition') return evaluation.condition(textOf(call[1]));
  const value = evaluate(declared, evaluation);
  if (value !== undefined && isUnknown(value))
    throw validationError('Template format error: a condition must be known before the deployment');
  return evaluateCondition(declared, evaluation);
}
