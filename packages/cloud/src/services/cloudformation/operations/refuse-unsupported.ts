import { type StackIdentity, stackEvaluation } from '../engine/stack-evaluation.js';
import { refusedValues } from '../properties/refused-values.js';
import { effectiveProperties, isRecordedByProperties } from '../properties/standing.js';
import { readProperties } from '../spec/read-properties.js';
import type { StackDefinition } from '../stack/stack.js';
import { evaluate, isUnknown, KNOWN_AFTER_APPLY } from '../template/evaluate.js';
import { isMap, type JsonMap, own } from '../template/json.js';
import type { ResourceDeclaration, Template } from '../template/template.js';
import { validationError } from '../template/template-error.js';
import type { CloudFormationState } from './state.js';

/** The message stops there: hundreds of lines help nobody. */
const MOST_LINES = 50;

/**
 * Refuses, all at once and before anything is made, what AWS has and this cloud does not: types, and values of types that
 * it has. Each comes with the path of its construct. Properties that AWS refuses too are listed beside them.
 * @throws AwsError ValidationError
 */
export function refuseUnsupported(
  template: Template,
  definition: StackDefinition,
  stack: StackIdentity,
  { resourceTypes }: CloudFormationState,
): void {
  const unknown = { ref: KNOWN_AFTER_APPLY, attribute: () => KNOWN_AFTER_APPLY };
  const known = stackEvaluation(template, definition, stack, [], () => unknown);
  const evaluation = { ...known, importValue: () => KNOWN_AFTER_APPLY };
  const types = new Set<string>();
  const unsupported: string[] = [];
  const wrong: string[] = [];
  for (const [logicalId, declared] of Object.entries(template.resources)) {
    if (declared.condition !== undefined && !evaluation.condition(declared.condition)) continue;
    const where = `${logicalId}${constructPath(declared)}`;
    const type = resourceTypes.get(declared.type);
    if (type === undefined) {
      types.add(declared.type);
      unsupported.push(`${where}: ${declared.type}: this cloud has no such resources; leave it out by a condition`);
      continue;
    }
    const properties = propertiesOf(declared);
    for (const reason of reasonsOf(declared.type, properties)) wrong.push(`${where}: ${reason}`);
    if (type.refuses === undefined || isRecordedByProperties(declared.type, properties)) continue;
    const effective = effectiveProperties(declared.type, properties, stack);
    for (const refused of refusedValues(type.refuses, effective, stack)) unsupported.push(`${where}: ${refused}`);
  }
  if (unsupported.length === 0) return;
  const unrecognized =
    types.size === 0
      ? ''
      : `Template format error: Unrecognized resource types: [${[...types].join(', ')}]. AWS has them, this cloud does not. `;
  const count = unsupported.length === 1 ? 'this' : `these ${unsupported.length} things`;
  throw validationError(
    [
      `${unrecognized}This cloud does not support ${count} (docs/reference/local-cloud.md):`,
      ...listed(unsupported),
      ...(wrong.length > 0 ? ['AWS refuses as well:', ...listed(wrong)] : []),
    ].join('\n'),
  );

  function propertiesOf({ properties }: ResourceDeclaration): JsonMap {
    try {
      const evaluated = evaluate(properties, evaluation);
      return isMap(evaluated) ? evaluated : {};
    } catch {
      // The deployment's own evaluation says what is wrong.
      return {};
    }
  }
}

function listed(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `- ${line}`);
  return lines.length > MOST_LINES ? [...shown, `- and ${lines.length - MOST_LINES} more`] : shown;
}

/** The properties that the specification refuses, as far as their values are known. */
function reasonsOf(type: string, properties: JsonMap): readonly string[] {
  if (isUnknown(properties)) return [];
  const read = readProperties(type, properties);
  return read.ok ? [] : read.reasons;
}

/** ` (Stack/Api/Resource)`, as CDK writes it into the metadata. */
function constructPath({ metadata }: ResourceDeclaration): string {
  const path = metadata !== undefined && isMap(metadata) ? own(metadata, 'aws:cdk:path') : undefined;
  return typeof path === 'string' ? ` (${path})` : '';
}
