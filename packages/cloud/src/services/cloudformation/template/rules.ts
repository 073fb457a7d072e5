import { type Evaluation, evaluate, evaluateCondition, functionCall } from './evaluate.js';
import { isList, type Json, sameValue } from './json.js';
import type { Template } from './template.js';
import { validationError } from './template-error.js';

/**
 * Checks the assertions of every rule whose condition holds.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 * @throws AwsError with the description of the first assertion that does not hold
 */
export function checkRules(template: Template, visible: Pick<Evaluation, 'values' | 'mappings'>): void {
  const evaluation: Evaluation = {
    ...visible,
    condition: (name) => {
      throw validationError(
        `Template validation error: Condition ${name} cannot be used in the Rules block of the template`,
      );
    },
    resource: () => undefined,
    importValue: () => {
      throw validationError(
        'Template validation error: Fn::ImportValue cannot be used in the Rules block of the template',
      );
    },
  };
  for (const [name, rule] of Object.entries(template.rules)) {
    if (rule.condition !== undefined && !holds(rule.condition, evaluation)) continue;
    for (const { assert, description } of rule.assertions) {
      if (!holds(assert, evaluation))
        throw validationError(description ?? `Rule ${name} is violated: ${JSON.stringify(assert)}`);
    }
  }
}

function holds(template: Json, evaluation: Evaluation): boolean {
  const [name, argument] = functionCall(template) ?? ['', null];
  switch (name) {
    case 'Fn::And':
      return parts(name, argument).every((part) => holds(part, evaluation));
    case 'Fn::Or':
      return parts(name, argument).some((part) => holds(part, evaluation));
    case 'Fn::Not':
      return !holds(parts(name, argument)[0] ?? null, evaluation);
    case 'Fn::Contains': {
      const [strings, value] = pair(name, argument, evaluation);
      return asList(strings).some((one) => sameValue(one, value));
    }
    case 'Fn::EachMemberEquals': {
      const [strings, value] = pair(name, argument, evaluation);
      return asList(strings).every((one) => sameValue(one, value));
    }
    case 'Fn::EachMemberIn': {
      const [strings, allowed] = pair(name, argument, evaluation);
      return asList(strings).every((one) => asList(allowed).some((value) => sameValue(one, value)));
    }
    case 'Fn::RefAll':
    case 'Fn::ValueOf':
    case 'Fn::ValueOfAll':
      throw validationError(`Template validation error: ${name} in the Rules block is not supported by this cloud`);
    default:
      return evaluateCondition(template, evaluation);
  }
}

function parts(name: string, argument: Json): readonly Json[] {
  if (isList(argument) && argument.length > 0) return argument;
  throw validationError(`Template validation error: ${name} object requires a list of boolean parameters.`);
}

function pair(name: string, argument: Json, evaluation: Evaluation): readonly [Json, Json] {
  if (!isList(argument) || argument.length !== 2)
    throw validationError(`Template validation error: ${name} requires two parameters.`);
  const [first = '', second = ''] = argument.map((part) => evaluate(part, evaluation) ?? '');
  return [first, second];
}

function asList(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}
