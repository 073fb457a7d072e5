import { conditionLookup } from './conditions.js';
import { type Evaluation, evaluate, functionCall } from './evaluate.js';
import { isMap, type Json, type JsonMap, mapOf } from './json.js';
import { LANGUAGE_EXTENSIONS, usesLanguageExtensions } from './language-extensions.js';
import { type Template, templateOf } from './template.js';
import { validationError } from './template-error.js';
import { declaredTransforms } from './transforms.js';

/** A template once its macros ran and its policies are decided. */
export interface ProcessedTemplate {
  readonly template: Template;
  /** Its text, if it is another than the template that was sent. */
  readonly processed?: string;
}

const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'];

/** The surroundings of the functions of a template before its deployment. */
export function evaluationOf({ Conditions, Mappings }: JsonMap, values: ReadonlyMap<string, Json>): Evaluation {
  const visible = { values, mappings: isMap(Mappings ?? null) ? (Mappings as JsonMap) : {} };
  return {
    ...visible,
    condition: conditionLookup(isMap(Conditions ?? null) ? (Conditions as JsonMap) : {}, visible),
    resource: () => undefined,
    importValue: () => {
      throw validationError('Fn::ImportValue is not known before the deployment');
    },
  };
}

/**
 * Reads a template whose macros ran, and decides deletion policies that are functions of parameters and conditions.
 *
 * @param sent the template that was sent
 * @param expanded as its macros left it
 * @param values of parameters and pseudo parameters; NoEcho parameters are not among them
 * @throws AwsError ValidationError
 */
export function processTemplate(
  sent: JsonMap,
  expanded: JsonMap,
  values: ReadonlyMap<string, Json>,
): ProcessedTemplate {
  if (!declaredTransforms(sent).includes(LANGUAGE_EXTENSIONS) && usesLanguageExtensions(expanded)) {
    throw validationError(
      `Template error: Fn::ForEach, Fn::Length and Fn::ToJsonString need the transform ${LANGUAGE_EXTENSIONS}`,
    );
  }
  const decided = decidePolicies(expanded, evaluationOf(expanded, values));
  const template = templateOf(decided);
  return decided === sent ? { template } : { template, processed: JSON.stringify(decided) };
}

/** The same root where no policy is a function. */
function decidePolicies(root: JsonMap, evaluation: Evaluation): JsonMap {
  const { Resources } = root;
  if (!isMap(Resources)) return root;
  let changed = false;
  const resources = Object.entries(Resources).map(([name, declared]): [string, Json] => {
    if (!isMap(declared) || !POLICIES.some((policy) => functionCall(declared[policy] ?? null))) return [name, declared];
    changed = true;
    const members = Object.entries(declared).flatMap(([key, member]): readonly [string, Json][] => {
      const value = POLICIES.includes(key) ? evaluate(member, evaluation) : member;
      return value === undefined ? [] : [[key, value]];
    });
    return [name, mapOf(members)];
  });
  return changed
    ? mapOf([...Object.entries(root).filter(([key]) => key !== 'Resources'), ['Resources', mapOf(resources)]])
    : root;
}
