import { conditionOperator, parseOperator } from './condition-operators.js';
import type { PolicyCondition } from './policy-document.js';
import { type ContextValues, expand, isConstant, parseTemplate } from './policy-variable.js';

/** True if one condition of a statement is met by a request. */
export type CompiledCondition = (values: ContextValues) => boolean;

/**
 * Compiles one operator, key and list of values (IAM User Guide, "Condition operators" and
 * "Multivalued context keys").
 * @param variables true if the policy's version has policy variables
 */
export function compileCondition(condition: PolicyCondition, variables: boolean): CompiledCondition {
  const operator = parseOperator(condition.operator);
  if (!operator) throw new Error(`no condition operator is named ${condition.operator}`);
  const key = condition.key.toLowerCase();
  if (operator.name === 'Null') {
    const wantsAbsent = condition.values.some((value) => value.toLowerCase() === 'true');
    const wantsPresent = condition.values.some((value) => value.toLowerCase() === 'false');
    return (values) => (isPresent(values(key)) ? wantsPresent : wantsAbsent);
  }
  const { negated, wildcards, compile } = conditionOperator(operator.name);
  const wanted = condition.values.map((value) => {
    const template = parseTemplate(value, wildcards, variables);
    if (isConstant(template)) {
      const test = compile(expand(template, () => undefined) ?? []);
      return () => test;
    }
    return (values: ContextValues) => {
      const pattern = expand(template, values);
      return pattern && compile(pattern);
    };
  });
  const fits = (actual: string, values: ContextValues) =>
    wanted.some((test) => test(values)?.(actual) ?? false) !== negated;

  return (values) => {
    const actual = values(key);
    if (actual === undefined || !isPresent(actual)) {
      if (operator.ifExists || operator.quantifier === 'all') return true;
      return operator.quantifier === 'one' && negated;
    }
    if (typeof actual === 'string') return fits(actual, values);
    if (operator.quantifier === 'all') return actual.every((value) => fits(value, values));
    if (operator.quantifier === 'any') return actual.some((value) => fits(value, values));
    // An operator without a quantifier is for keys of one value; it never matches several.
    const [only, ...others] = actual;
    return only !== undefined && others.length === 0 && fits(only, values);
  };
}

function isPresent(value: string | readonly string[] | undefined): boolean {
  return value !== undefined && (typeof value === 'string' || value.length > 0);
}
